/**
 * Notices between all processes over Redis' publish and subscribe.
 *
 * Redis forgets a message that it can't deliver. So each process numbers its own, and says every second where it is;
 * a number that is missing, a connection that was lost, or silence means that something may have been missed.
 *
 * @module
 */
import { Cluster, type Redis } from 'ioredis'
import { TierAwayError } from '../errors.ts'
import type { Bus, Notice } from '../shared-tier.ts'
import { defaultPrefix, openRedis, type RedisOptions, scriptsOf } from './options.ts'

const heartbeatMs = 1_000
/** Not even our own heartbeat has come back for so long: we are deaf, whatever the connection says. */
const silenceMs = 3_000
/** A process that was not heard of for so long has ended. */
const forgottenMs = 60_000

interface Listener {
  onNotice: (notice: Notice) => void
  onGap: (reason: string) => void
}

export class RedisBus implements Bus {
  readonly #sender = crypto.randomUUID()
  readonly #publisher: Redis | Cluster
  readonly #scripts: ReturnType<typeof scriptsOf>
  readonly #subscriber: Redis | Cluster
  readonly #channel: string
  readonly #listeners: Listener[] = []
  readonly #senders = new Map<string, { number: number; heardAtMs: number }>()
  readonly #heartbeat: ReturnType<typeof setInterval>
  readonly #subscribed = Promise.withResolvers<void>()
  #number = 0
  #heardAtMs = performance.now()

  /** @param options as those of the tier: processes with the same prefix hear each other. */
  constructor(options: RedisOptions) {
    this.#channel = `${options.prefix ?? defaultPrefix}notices`
    this.#publisher = openRedis(options)
    this.#scripts = scriptsOf(this.#publisher)
    // It owes no answers, so the driver's timeout would not notice that it hangs; silence does.
    this.#subscriber = openRedis(options, { enableAutoPipelining: false })
    for (const client of [this.#publisher, this.#subscriber]) {
      // Each failure shows itself as a gap or as a rejected `publish`.
      client.on('error', () => undefined)
      client.on('node error', () => undefined)
    }
    this.#subscriber.on('ready', () => this.#listen())
    this.#subscriber.on('close', () => this.#lose('the connection to Redis was lost'))
    this.#subscriber.on('messageBuffer', (_channel: Buffer, message: Buffer) => this.#hear(message.toString()))
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs)
    this.#heartbeat.unref()
  }

  /** Resolves when this process hears the others. */
  ready(): Promise<void> {
    return this.#subscribed.promise
  }

  /** @throws {TierAwayError} when it could not be sent. The others will notice that they have missed something. */
  async publish(notice: Notice): Promise<void> {
    this.#number++
    await this.#send(JSON.stringify(notice))
  }

  subscribe(onNotice: (notice: Notice) => void, onGap: (reason: string) => void): void {
    this.#listeners.push({ onNotice, onGap })
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat)
    this.#subscriber.removeAllListeners('close')
    this.#publisher.disconnect()
    this.#subscriber.disconnect()
    this.#listeners.length = 0
  }

  async #send(notice: string): Promise<void> {
    try {
      await this.#scripts.announceBuffer(1, this.#channel, `${this.#sender} ${this.#number} ${notice}`)
    } catch (error) {
      throw new TierAwayError('redis', error)
    }
  }

  #listen(): void {
    this.#subscriber.subscribe(this.#channel).then(
      () => {
        this.#heardAtMs = performance.now()
        this.#lose('subscribed just now')
        this.#subscribed.resolve()
        // So that the others know us before we have published anything.
        this.#beat()
      },
      // The connection has broken again; its next one comes here again.
      () => undefined,
    )
  }

  #beat(): void {
    // When it can't be sent it isn't heard, by us neither, and that is noticed below.
    this.#send('').catch(() => undefined)
    const nowMs = performance.now()
    for (const [sender, { heardAtMs }] of this.#senders) {
      if (nowMs - heardAtMs > forgottenMs) this.#senders.delete(sender)
    }
    if (nowMs - this.#heardAtMs < silenceMs) return
    // Again and again while we are deaf: what is cached meanwhile is not to be trusted for long either.
    this.#lose('nothing was heard for seconds')
    this.#reconnect()
  }

  #reconnect(): void {
    // The driver of a Cluster chooses another node for it by itself.
    if (this.#subscriber instanceof Cluster || this.#subscriber.status !== 'ready') return
    this.#subscriber.disconnect(true)
  }

  #lose(reason: string): void {
    for (const { onGap } of this.#listeners) onGap(reason)
  }

  #hear(message: string): void {
    const [, sender, digits, text] = /^(\S+) (\d+) (.*)$/s.exec(message) ?? []
    if (sender === undefined) return this.#lose('a message that is not ours')
    const heardAtMs = performance.now()
    const isOwn = sender === this.#sender
    if (isOwn) this.#heardAtMs = heardAtMs
    const number = Number(digits)
    // Of a sender that is new to us, whatever it has published before was missed.
    const last = this.#senders.get(sender)?.number ?? 0
    this.#senders.set(sender, { number, heardAtMs })
    // A heartbeat repeats the number of what was published last.
    if (number !== (text === '' ? last : last + 1)) this.#lose('notices were missed')
    if (!isOwn && text !== '') this.#tell(text!)
  }

  #tell(text: string): void {
    let notice: Notice
    try {
      notice = JSON.parse(text)
    } catch {
      // It may have been one of ours, broken on its way.
      return this.#lose('a notice could not be read')
    }
    for (const { onNotice } of this.#listeners) onNotice(notice)
  }
}
