import type { RequestListener } from 'node:http';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agent, closedPort, httpServer, manualClock } from '../exchange/testing.ts';
import { readSpecification } from './read-specification.ts';

const document = 'openapi: 3.1.0\npaths: {}\ncomponents: { schemas: { A: { type: string } } }\n';

/** Sends whatever is meant for an https host to a server on loopback. */
function towards(origin: string): Dispatcher {
  return agent().compose((dispatch) => (options, handler) => dispatch({ ...options, origin }, handler));
}

async function fetched(listener: RequestListener, clock = manualClock()) {
  const dispatcher = towards(await httpServer(listener));
  return readSpecification('https://specification.example/openapi.yaml?v=1', { dispatcher, clock });
}

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'byok-specification-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, text);
  return file;
}

const nowhere = () => ({ dispatcher: agent(), clock: manualClock() });

describe('a specification', () => {
  test('is read from a file', async () => {
    expect((await readSpecification(fileOf(document), nowhere())).schema('A')).toEqual({ type: 'string' });
  });

  test('is fetched from an https address', async () => {
    const specification = await fetched((request, response) => {
      response.end(request.url === '/openapi.yaml?v=1' ? document : '');
    });
    expect(specification.schema('A')).toEqual({ type: 'string' });
  });

  test('is not fetched by way of a redirect', async () => {
    await expect(
      fetched((_, response) => response.writeHead(302, { location: 'http://elsewhere.example/' }).end()),
    ).rejects.toMatchObject({
      code: 'E_NETWORK',
      message: expect.stringMatching(/found status 302\. Redirects are not followed; it names http:/),
    });
  });

  test('is not read beyond 16 MiB, from an address or from a file', async () => {
    const chunk = Buffer.alloc(1024 * 1024, '# ');
    await expect(
      fetched((_, response) => {
        for (let count = 0; count < 17; count += 1) response.write(chunk);
        response.end();
      }),
    ).rejects.toMatchObject({ code: 'E_NETWORK', message: expect.stringContaining('more than 16777216 bytes') });
    const file = fileOf('');
    truncateSync(file, 16 * 1024 * 1024 + 1);
    await expect(readSpecification(file, nowhere())).rejects.toMatchObject({ code: 'E_CONFIG' });
  });

  test('that is not there within 10 s is given up', async () => {
    const clock = manualClock();
    await expect(fetched(() => clock.advance(10_000), clock)).rejects.toMatchObject({ code: 'E_TIMEOUT' });
  });

  test('that cannot be fetched is a matter of the network', async () => {
    const dispatcher = towards(await closedPort());
    await expect(
      readSpecification('https://specification.example/', { dispatcher, clock: manualClock() }),
    ).rejects.toMatchObject({
      code: 'E_NETWORK',
    });
  });

  test.each([
    'http://openrouter.ai/openapi.yaml',
    'file:///openapi.yaml',
    'https://user:word@openrouter.ai/',
    'https://',
  ])('is not looked for at %s', async (address) => {
    await expect(readSpecification(address, nowhere())).rejects.toMatchObject({ code: 'E_CONFIG' });
  });

  test('that is broken is refused with its place', async () => {
    const file = fileOf('openapi: [');
    await expect(readSpecification(file, nowhere())).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining(`${file}:1:11`),
    });
    await expect(fetched((_, response) => response.end('openapi: ['))).rejects.toMatchObject({ code: 'E_NETWORK' });
  });

  test('that is no file is a matter of configuration', async () => {
    await expect(readSpecification(join(tmpdir(), 'no', 'such.yaml'), nowhere())).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining('ENOENT'),
    });
  });
});
