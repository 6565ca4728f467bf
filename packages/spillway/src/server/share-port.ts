/**
 * Lets a worker be replaced without losing a connection, where the kernel can (Linux).
 *
 * Workers share the port: each has a socket of its own, and the kernel deals new connections out among them. When a
 * socket is closed, those that wait in its queue are reset. So a worker that leaves must get no new ones for a moment
 * before, and a program on the shared port sees to that: it names the place after the usual ones. That place exists
 * only while a worker is being replaced, and then its successor has it: sockets stand in the order in which they came,
 * and the last one moves up when another goes. While there is no such place, the kernel deals as if there were no program.
 *
 * @module
 */
import { dlopen, ptr } from 'bun:ffi'
import { readdirSync, readlinkSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { PlatformSettings } from '../foundation/index.ts'

// <asm-generic/socket.h>, <linux/bpf_common.h>
const SOL_SOCKET = 1
const SO_ATTACH_REUSEPORT_CBPF = 51
const BPF_RET = 0x06

/** One a core, where processes can share a port; that is Linux. */
export function webWorkers({ WEB_WORKERS }: PlatformSettings): number {
  if (WEB_WORKERS > 0) return WEB_WORKERS
  return process.platform === 'linux' ? availableParallelism() : 1
}

/**
 * Call it after the process has begun to listen. Any member of the group may do so; the latest program counts.
 *
 * @param workers how many usually share the port.
 * @returns whether it is in place; where the kernel can't, a few connections are lost with each replacement.
 */
export function dealToNewcomers(workers: number): boolean {
  const setsockopt = process.platform === 'linux' ? loadSetsockopt() : undefined
  if (!setsockopt) return false
  // struct sock_filter { u16 code; u8 jt, jf; u32 k } and struct sock_fprog { u16 len; struct sock_filter *filter }
  const instructions = new Uint32Array([BPF_RET, workers])
  const program = new BigUint64Array([1n, BigInt(ptr(instructions))])
  // Every other socket refuses the option, so the listening one needs no looking for.
  const results = openSockets().map((fd) => setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, ptr(program), 16))
  return results.includes(0)
}

function loadSetsockopt() {
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64'
  for (const library of ['libc.so.6', `libc.musl-${arch}.so.1`]) {
    try {
      const { symbols } = dlopen(library, { setsockopt: { args: ['i32', 'i32', 'i32', 'ptr', 'u32'], returns: 'i32' } })
      return symbols.setsockopt
    } catch {
      // Not this kind of system; the next name may be.
    }
  }
  return undefined
}

function openSockets(): number[] {
  return readdirSync('/proc/self/fd').map(Number).filter(isSocket)
}

function isSocket(fd: number): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')
  } catch {
    // Closed since the folder was listed, as the listing's own is.
    return false
  }
}
