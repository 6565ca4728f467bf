import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { busSuite } from '../testing/bus-suite.ts'
import { sharedTierSuite } from '../testing/shared-tier-suite.ts'
import { SqliteBus } from './sqlite-bus.ts'
import { SqliteTier } from './sqlite-tier.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'spillway-tier-'))

sharedTierSuite('the SQLite tier', async () => {
  const folder = newFolder()
  const path = join(folder, 'cache.db')
  const [tier, other] = [new SqliteTier({ path }), new SqliteTier({ path })]
  const close = async () => {
    await tier.close()
    await other.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { tier, other, close }
})

busSuite('the SQLite bus', async () => {
  const folder = newFolder()
  const path = join(folder, 'cache.db')
  const buses: [SqliteBus, SqliteBus, SqliteBus] = [new SqliteBus(path), new SqliteBus(path), new SqliteBus(path)]
  const ready = async () => undefined
  const interrupt = async () => {
    // As when it was so far behind that what it has not read was pruned.
    const db = new Database(path)
    db.transaction(() => {
      db.run("insert into notices (sender, notice) values ('x', '{}'), ('x', '{}')")
      db.run('delete from notices where id < (select max(id) from notices)')
    })()
    db.close()
  }
  const close = async () => {
    for (const bus of buses) await bus.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { buses, ready, interrupt, close }
})
