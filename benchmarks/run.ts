/**
 * Side-by-side measurement in one command: `npm run benchmark`.
 *
 * Each stage starts one store, takes from it what its peers need, checks that all give the same answer,
 * and measures them in turns.
 *
 * @module
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkGroup, type Running } from './check.ts'
import { askStore } from './from-store.ts'
import { describeMachine, type Machine } from './machine.ts'
import { measureGroup } from './measure.ts'
import { type Options, readOptions, usage } from './options.ts'
import { installPeers } from './peers.ts'
import { type Run, toMarkdown, writePage } from './report.ts'
import { judge } from './requirements.ts'
import { type Server, startServer } from './server.ts'
import { peerPlan, storePlan } from './servers.ts'
import { isPeer, type Stage, selectStages } from './subjects.ts'
import { requireWrk } from './wrk.ts'

const interruption = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interruption.abort())

try {
  process.exitCode = await benchmark(process.argv.slice(2), interruption.signal)
} catch (error) {
  if (interruption.signal.aborted) {
    progress('Interrupted; everything that was started has been ended.')
    process.exitCode = 130
  } else {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

async function benchmark(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args)
  if (!options) {
    console.log(usage)
    return 0
  }
  const stages = selectStages(options.only, options.headers)
  requireWrk()
  await installPeers(progress, signal)
  const run = await runStages(stages, options, signal)
  await publish(run, options)
  return options.assert && run.verdicts.some(({ isMet }) => !isMet) ? 1 : 0
}

async function runStages(stages: readonly Stage[], options: Options, signal: AbortSignal): Promise<Run> {
  await using cleanUp = new AsyncDisposableStack()
  const folder = await temporaryFolder(cleanUp)
  const groups: Run['groups'][number][] = []
  let machine: Machine | undefined
  for (const stage of stages) {
    const measured = await runStage(stage, folder, options, signal)
    groups.push(...measured.groups)
    machine = measured.machine
  }
  if (!machine) throw new Error('Nothing to measure: --only and --headers leave no subject')
  const verdicts = judge(new Map(groups.map(({ group, results }) => [group.name, results])))
  return { machine, timing: { seconds: options.seconds, rounds: options.rounds }, groups, verdicts }
}

async function runStage(stage: Stage, folder: string, options: Options, signal: AbortSignal) {
  await using cleanUp = new AsyncDisposableStack()
  const dataFolder = join(folder, 'data')
  const neededServers = new Set(stage.groups.flatMap(({ subjects }) => subjects.map(({ server }) => server)))
  const servers = new Map<string, Server>()

  progress(`Starting ${stage.store}…`)
  const store = cleanUp.use(await startServer(storePlan(stage.store, dataFolder), folder, signal))
  servers.set(stage.store, store)
  const fromStore = await askStore(store, dataFolder, folder, neededServers.has('bun-page'))
  for (const { server, path } of stage.groups.flatMap(({ subjects }) => subjects)) {
    if (servers.has(server) || !isPeer(server)) continue
    servers.set(server, cleanUp.use(await startServer(peerPlan(server, fromStore, path), folder, signal)))
  }

  const groups: Run['groups'][number][] = []
  for (const group of stage.groups) {
    const running: Running[] = group.subjects.map((subject) => ({ subject, server: servers.get(subject.server)! }))
    await checkGroup(group, running, fromStore.replicaUrl)
    groups.push({ group, results: await measureGroup(group, running, options, signal, progress) })
  }
  return { groups, machine: await describeMachine(fromStore.replicaUrl) }
}

async function publish(run: Run, options: Options): Promise<void> {
  const markdown = toMarkdown(run)
  console.log(markdown)
  if (options.jsonFile) await Bun.write(options.jsonFile, `${JSON.stringify(run, null, 2)}\n`)
  if (options.write) progress(`Written to ${await writePage(markdown)}`)
}

async function temporaryFolder(cleanUp: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'spillway-benchmark-'))
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
  // PostgreSQL may run as another user, who has to get through to its data.
  await chmod(folder, 0o755)
  return folder
}

/** Progress goes to stderr: stdout holds the tables and nothing else. */
function progress(text: string): void {
  process.stderr.write(`${text}\n`)
}
