/** What peers need to know from the running store: the bytes to answer with and the database to read. */
import { join } from 'node:path'
import { repositoryFolder } from './paths.ts'
import { bareEnvironment, type Server } from './server.ts'
import { type Answer, type FromStore, spillway } from './servers.ts'
import { apiPath, pagePath } from './subjects.ts'

export async function askStore(
  store: Server,
  dataFolder: string,
  folder: string,
  withPage: boolean,
): Promise<FromStore> {
  return {
    api: await saveAnswer(store.url + apiPath, join(folder, 'product.json')),
    page: withPage ? await saveAnswer(store.url + pagePath, join(folder, 'product.html')) : undefined,
    replicaUrl: await replicaUrl(dataFolder),
  }
}

async function saveAnswer(url: string, bodyFile: string): Promise<Answer> {
  const response = await fetch(url)
  const body = await response.bytes()
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${new TextDecoder().decode(body)}`)
  await Bun.write(bodyFile, body)
  return { bodyFile, contentType: response.headers.get('content-type') ?? 'application/octet-stream' }
}

async function replicaUrl(dataFolder: string): Promise<string> {
  const asked = Bun.spawn([...spillway, 'embedded', 'url', 'apps/shop', '--replica'], {
    cwd: repositoryFolder,
    env: { ...bareEnvironment(), DATA_DIR: dataFolder },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [url, complaint] = await Promise.all([asked.stdout.text(), asked.stderr.text(), asked.exited])
  if (asked.exitCode !== 0) throw new Error(`spillway embedded url --replica failed: ${complaint || url}`)
  return url.trim()
}
