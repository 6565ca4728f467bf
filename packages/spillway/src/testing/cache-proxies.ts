/** Real proxies with the configuration that docs/cdn.md shows, each on a port and in a folder of its own. @module */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../embedded/ports.ts'
import { startTether } from '../foundation/index.ts'
import { until } from './until.ts'

const nginxModule = '/usr/lib/nginx/modules/ngx_http_cache_purge_module.so'

/** Whether they are installed, with the modules that purging needs; skipped tests look like passed ones from afar. */
export const hasVarnish = isThere('Varnish (varnish, varnish-modules)', hasXkey())
export const hasNginx = isThere(
  'nginx (nginx-light, libnginx-mod-http-cache-purge)',
  Bun.which('nginx') !== null && existsSync(nginxModule),
)

export interface RunningProxy extends AsyncDisposable {
  readonly host: string
}

/** @param app where it finds what it keeps. */
export function startVarnish(app: { port: number }): Promise<RunningProxy> {
  const vcl = documented('vcl').replace('"app"', '"127.0.0.1"').replace('"8000"', `"${app.port}"`)
  return start({ 'cache.vcl': vcl }, (folder, host) => {
    const where = ['-n', `${folder}/work`, '-f', `${folder}/cache.vcl`, '-a', host]
    return ['varnishd', '-F', '-j', 'none', ...where, '-s', 'malloc,16M', '-T', 'none']
  })
}

export function startNginx(app: { port: number }): Promise<RunningProxy> {
  const server = documented('nginx').replace('http://app:8000', `http://127.0.0.1:${app.port}`)
  return start({}, (folder, host) => {
    const http = server.replace('listen 80;', `listen ${host};`)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (of) => `${of}_temp_path temporary/${of};`,
    )
    const config = [
      `load_module ${nginxModule};`,
      // The workers must get into the folder.
      process.getuid?.() === 0 ? 'user root;' : '',
      'daemon off; pid nginx.pid; error_log stderr; worker_processes 1; events {}',
      `http { access_log off; ${temporary.join(' ')}\n${http}\n}`,
    ]
    mkdirSync(join(folder, 'temporary'))
    writeFileSync(join(folder, 'nginx.conf'), config.join('\n'))
    return ['nginx', '-p', folder, '-c', 'nginx.conf', '-e', 'stderr']
  })
}

/** The block of code of that language in docs/cdn.md. */
function documented(language: string): string {
  const page = readFileSync(new URL('../../../../docs/cdn.md', import.meta.url), 'utf8')
  return page.split(`\`\`\`${language}\n`)[1]!.split('```')[0]!
}

async function start(
  files: Record<string, string>,
  command: (folder: string, host: string) => string[],
): Promise<RunningProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-proxy-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const host = `127.0.0.1:${freePort([])}`
  const child = Bun.spawn(command(folder, host), { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const tether = startTether({ graceMs: 500 })
  const release = tether.hold(child.pid, 'SIGTERM')
  const stop = async () => {
    child.kill('SIGTERM')
    await child.exited
    release()
    await tether.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const answers = async () => child.exitCode !== null || (await fetch(`http://${host}/`)).status > 0
  await until(answers, { what: `an answer from ${host}` })
  if (child.exitCode !== null) throw new Error(`The proxy ended: ${await new Response(child.stderr).text()}`)
  return { host, [Symbol.asyncDispose]: stop }
}

function hasXkey(): boolean {
  if (Bun.which('varnishd') === null) return false
  // Below a folder that is named after the processor, in Debian.
  return [...new Bun.Glob('**/vmods/libvmod_xkey.so').scanSync('/usr/lib')].length > 0
}

function isThere(what: string, found: boolean): boolean {
  if (!found) console.warn(`\n${what} is not installed: its tests are SKIPPED.\n`)
  return found
}
