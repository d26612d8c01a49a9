import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTemporalCli, provideTemporalCli } from '../../tools/setup/temporal-cli.mjs';

const TOO_OLD = 'temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)';
const NEW_ENOUGH = 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)';
const SYSTEM = '/usr/local/bin:/usr/bin:/bin';

let folder: string;
let env: NodeJS.ProcessEnv;
let archive: Server | undefined;
let said: string[];
const cached = () => path.join(folder, 'cache', 'siroca-support', 'temporal-cli-1.9.1');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'siroca-cli-'));
  said = [];
  // Nothing of the machine's own: no Go, no temporal, and an archive that nobody serves.
  env = {
    PATH: path.join(folder, 'bin'),
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    TEMPORAL_ARCHIVE_URL: 'http://127.0.0.1:9',
  };
});
afterEach(async () => {
  archive?.closeAllConnections();
  archive?.close();
  if (archive !== undefined) await once(archive, 'close');
  archive = undefined;
  rmSync(folder, { recursive: true });
});

describe('finding the Temporal server', () => {
  it('takes the program named by TEMPORAL_CLI before any other', () => {
    program('bin/temporal', NEW_ENOUGH);
    env['TEMPORAL_CLI'] = program('mine', NEW_ENOUGH);
    expect(findTemporalCli(env)).toBe(path.join(folder, 'mine'));
  });

  it('says so when TEMPORAL_CLI names a server that is too old, or nothing that runs', () => {
    env['TEMPORAL_CLI'] = program('mine', TOO_OLD);
    expect(() => findTemporalCli(env)).toThrow(/server 1\.31\.2; 1\.32 or newer is needed/);
    env['TEMPORAL_CLI'] = path.join(folder, 'nothing');
    expect(() => findTemporalCli(env)).toThrow(/does not run/);
  });

  it('takes one on the PATH whose server is 1.32 or newer, and passes over an older one', () => {
    program('old/temporal', TOO_OLD);
    program('bin/temporal', NEW_ENOUGH);
    env['PATH'] = [path.join(folder, 'old'), path.join(folder, 'bin')].join(path.delimiter);
    expect(findTemporalCli(env)).toBe(path.join(folder, 'bin', 'temporal'));
  });

  it('finds none where there is none', () => {
    expect(findTemporalCli(env)).toBeNull();
  });
});

describe('providing the Temporal server', () => {
  it('fetches it from the archive once, and finds it in the cache the next time', async () => {
    const requests: string[] = [];
    await serve((request, response) => {
      requests.push(request.url ?? '');
      response.end(archiveOf(NEW_ENOUGH));
    });
    const made = await provide();
    expect(made).toBe(path.join(cached(), 'temporal'));
    expect(spawnSync(made, ['--version'], { encoding: 'utf8' }).stdout).toContain('Server 1.32.0');
    expect(await provide()).toBe(made);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^\/v1\.9\.1\?platform=(linux|darwin)&arch=(amd64|arm64)$/);
    expect(readdirSync(cached())).toEqual(['temporal']);
  });

  const obstacles: { what: string; answer: RequestListener | null; told: RegExp }[] = [
    { what: 'nobody answers at its address', answer: null, told: /cannot be had/ },
    { what: 'it accepts and never answers', answer: () => {}, told: /does not answer in time/ },
    {
      what: 'it stops in the middle',
      answer: (_request, response) => {
        response.write(archiveOf(NEW_ENOUGH).subarray(0, 40));
      },
      told: /does not answer in time/,
    },
    {
      what: 'it has no such version',
      answer: (_request, response) => {
        response.writeHead(404).end();
      },
      told: /it answers 404/,
    },
    {
      what: 'it sends a page instead of an archive',
      answer: (_request, response) => {
        response.end('<html>Sign in to this network</html>');
      },
      told: /no archive of the program/,
    },
    {
      what: 'its program does not run here',
      answer: (_request, response) => {
        response.end(archiveOf(TOO_OLD));
      },
      told: /does not run here/,
    },
  ];
  for (const { what, answer, told } of obstacles) {
    it(`builds it with Go when the archive is of no use: ${what}`, async () => {
      if (answer !== null) await serve(answer);
      goThatBuilds(NEW_ENOUGH);
      const made = await provide();
      expect(said.join('\n')).toMatch(told);
      expect(spawnSync(made, ['--version'], { encoding: 'utf8' }).stdout).toContain('Server 1.32.0');
      expect(readFileSync(path.join(folder, 'go-was-asked'), 'utf8')).toContain(
        'github.com/temporalio/cli/cmd/temporal',
      );
      expect(readdirSync(cached())).toEqual(['temporal']);
    });
  }

  it('says in one sentence what to install when there is neither an archive nor Go', async () => {
    await expect(provide()).rejects.toThrow(/^The Temporal server is missing\. Install Go 1\.26\.8 or newer[^\n]*$/);
    expect(readdirSync(cached())).toEqual([]);
  });

  it('shows the last words of a build that fails, and leaves nothing that looks finished', async () => {
    script('bin/go', 'test "$1" = version && exit 0; echo "no space left on device" >&2; exit 1');
    await expect(provide()).rejects.toThrow(/could not build[^]*no space left on device/);
    expect(readdirSync(cached())).toEqual([]);
  });
});

function provide(): Promise<string> {
  return provideTemporalCli({ env, say: (line: string) => said.push(line), answerWithinMs: 300 });
}

async function serve(answer: RequestListener): Promise<void> {
  archive = createServer(answer).listen(0, '127.0.0.1');
  await once(archive, 'listening');
  env['TEMPORAL_ARCHIVE_URL'] = `http://127.0.0.1:${(archive.address() as AddressInfo).port}/`;
}

/** A stand-in for the program, which takes minutes to make: it knows its version alone. */
function program(name: string, version: string): string {
  return script(name, `echo "${version}"`);
}

/** A stand-in for Go, whose build would take minutes: it writes the stand-in program where it is told. */
function goThatBuilds(version: string): void {
  env['PATH'] += `${path.delimiter}${SYSTEM}`;
  script(
    'bin/go',
    `test "$1" = version && exit 0
echo "$@" > "${path.join(folder, 'go-was-asked')}"
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho "${version}"\\n' > "$2" && chmod 755 "$2"`,
  );
}

function script(name: string, body: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

function archiveOf(version: string): Buffer {
  program('packed/temporal', version);
  writeFileSync(path.join(folder, 'packed', 'LICENSE'), 'a licence');
  const packed = spawnSync('tar', ['-czf', '-', '-C', path.join(folder, 'packed'), 'LICENSE', 'temporal']);
  return packed.stdout;
}
