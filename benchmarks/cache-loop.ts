/** Measures one way to read a value, in a process of its own that prints one line of JSON. */

export interface Reading {
  /** User and system time of this process. */
  cpuMicroseconds: number
  /** Of this machine's time. */
  microseconds: number
}

export interface Loop {
  keys: number
  /** Callers that each wait for their answer before they ask for the next. */
  callers: number
  /** Sweeps over all keys that warm up, and that count. */
  warmUps: number
  sweeps: number
  /** Called before each sweep. @returns what reads one value. */
  open(): (key: number) => Promise<{ id: number }>
}

/** @throws when what was read is not what was asked for. */
export async function measureLoop({ keys, callers, warmUps, sweeps, open }: Loop): Promise<Reading> {
  let cpuMicroseconds = 0
  let milliseconds = 0
  for (let sweep = 0; sweep < warmUps + sweeps; sweep++) {
    const read = open()
    let next = 0
    const caller = async () => {
      while (next < keys) {
        const key = next++
        const value = await read(key)
        if (value?.id !== key) throw new Error(`Asked for ${key}, got ${JSON.stringify(value)}`)
      }
    }
    // Not the rubbish of what came before.
    globalThis.Bun.gc(true)
    const cpu = process.cpuUsage()
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: callers }, caller))
    const used = process.cpuUsage(cpu)
    if (sweep < warmUps) continue
    milliseconds += performance.now() - startedAt
    cpuMicroseconds += used.user + used.system
  }
  const calls = keys * sweeps
  return { cpuMicroseconds: cpuMicroseconds / calls, microseconds: (milliseconds * 1_000) / calls }
}
