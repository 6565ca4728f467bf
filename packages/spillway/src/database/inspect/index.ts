/** Questions to a server about itself: data first, for the command line, the dashboard and alerts alike. @module */
export { type ConnectionReport, connections } from './connections.ts'
export { type Explanation, explain } from './explain.ts'
export { type IndexFinding, type IndexReport, indexes } from './indexes.ts'
export { type BlockingNode, blockingTree, type LockReport, type LockSession, locks } from './locks.ts'
export type { PlanNode } from './plan.ts'
export {
  resetStatements,
  type SlowStatement,
  type SlowStatements,
  type StatementOrder,
  slowStatements,
  statementText,
} from './slow-statements.ts'
