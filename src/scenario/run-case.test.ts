import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import { closedPort, httpServer, rawServer } from '../exchange/testing.ts';
import type { Session } from '../targets/target.ts';
import { NotApplicable } from '../targets/world.ts';
import { runCase, verdictOf } from './run-case.ts';
import type { Scenario } from './scenario.ts';
import { answered, endpointListing, get, manage, onOwnKey, pin, refused, say } from './steps.ts';
import { answering, sessionWith } from './testing.ts';

const ref = { scenario: 'errors/unknown-key', model: 'a/one', mode: 'json' as const };
const notFound = refused(say('hi', { provider: pin }), { status: [404] });

function of(...steps: Scenario['steps']): Scenario {
  return { id: 'errors/unknown-key', says: 'It is refused.', proves: ['errors.401'], steps };
}

const refusal = (code: number) => [code, { error: { code, message: 'No.' } }] as [number, unknown];

it.each([
  [[], 'pass'],
  [['observed'], 'pass'],
  [['should', 'observed'], 'warn'],
  [['should', 'must', 'observed'], 'fail'],
] as const)('findings of level %j give the verdict %s', (levels, verdict) => {
  const findings = levels.map((level) => ({ check: 'a.b', level, expected: '', actual: '', where: '' }));
  expect(verdictOf(findings)).toBe(verdict);
});

describe('a case could not run', () => {
  it('when nobody answers at the address', async () => {
    const session = sessionWith(await closedPort());
    const outcome = await runCase(of(notFound), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', code: 'E_NETWORK', findings: [], steps: [] });
    expect(outcome.reason).toMatch(/^1 POST \/chat\/completions: no answer came \(not-connected, ECONNREFUSED/);
    expect(session.closed).toEqual(['failed']);
  });

  it('when the connection breaks before the answer', async () => {
    const session = sessionWith(await rawServer((socket) => socket.resetAndDestroy()));
    expect(await runCase(of(notFound), ref, { session })).toMatchObject({
      code: 'E_NETWORK',
      verdict: 'could-not-run',
    });
  });

  it('when the run is stopped: what cannot have made anything is broken off, and nothing more is sent', async () => {
    const stop = new AbortController();
    const baseUrl = await httpServer((request) => {
      request.resume();
      stop.abort(new HarnessError('E_INTERRUPTED', 'stopped'));
    });
    const session = { ...sessionWith(baseUrl), signal: stop.signal };
    const outcome = await runCase(of(notFound, notFound), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', code: 'E_INTERRUPTED', reason: 'stopped', steps: [] });
    expect(session.closed).toEqual(['failed']);
  });

  it('when the run is stopped: what may make something is finished first, so that it can be deleted', async () => {
    const stop = new AbortController();
    const baseUrl = await httpServer((request, response) => {
      request.resume();
      stop.abort(new HarnessError('E_INTERRUPTED', 'stopped'));
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"data":{"hash":"h"}}');
    });
    const adopted: string[] = [];
    const session = { ...sessionWith(baseUrl), signal: stop.signal, adopt: (path: string) => void adopted.push(path) };
    const makes = answered(manage('POST', '/keys', { name: 'k' }), { status: [201] });
    expect(await runCase(of(makes, notFound), ref, { session })).toMatchObject({ code: 'E_INTERRUPTED' });
    expect(adopted).toEqual(['/keys/h']);
    expect(session.closed).toEqual(['failed']);
  });

  it('when no answer comes in time', async () => {
    const session = sessionWith(await httpServer((request) => request.resume()));
    const outcome = await runCase(of(notFound), ref, { session, limits: { headers: 1 } });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', code: 'E_TIMEOUT' });
    expect(outcome.reason).toContain('no answer came (timed-out, headers)');
  });

  it.each([401, 402, 408, 429, 500, 502, 503, 504, 524, 529])(
    'when the refusal it probes for is forestalled by a %i',
    async (status) => {
      const session = sessionWith(await answering(refusal(status)));
      expect(await runCase(of(notFound), ref, { session })).toMatchObject({
        verdict: 'could-not-run',
        code: 'E_BLOCKED',
        reason: `1 POST /chat/completions: asked for 404, but was turned away with ${status} before that could be seen.`,
      });
    },
  );

  it.each([401, 402, 429])('when what should succeed is at the end of the customer’s means: %i', async (status) => {
    const session = sessionWith(await answering(refusal(status)));
    expect(await runCase(of(answered(say('hi'), onOwnKey)), ref, { session })).toMatchObject({
      verdict: 'could-not-run',
      code: 'E_BLOCKED',
    });
  });

  it('when evidence cannot be read any more because the customer’s key was revoked', async () => {
    const session = sessionWith(await answering([200, { id: 'gen-1', choices: [] }], refusal(401)));
    session.clock = { ...systemClock, sleep: async () => {} };
    expect(await runCase(of(answered(say('hi'), onOwnKey)), ref, { session })).toMatchObject({
      verdict: 'could-not-run',
      code: 'E_BLOCKED',
      reason: 'GET /generation?id=gen-1 was turned away with 401.',
    });
  });

  it('when the key made for it reaches its limit before a probe', async () => {
    const session = sessionWith(
      await answering([403, { error: { code: 403, message: 'Key limit exceeded (total limit).' } }]),
    );
    expect(await runCase(of(notFound), ref, { session })).toMatchObject({
      verdict: 'could-not-run',
      code: 'E_BLOCKED',
    });
  });

  it('when a check it counts on has nothing to judge', async () => {
    const step = answered(get('/key'), {}, { checks: ['usage.is-byok-expected'] });
    const session = sessionWith(await answering([200, { data: {} }]));
    expect(await runCase(of(step), ref, { session })).toMatchObject({
      verdict: 'could-not-run',
      code: 'E_SUITE',
      reason: '1 GET /key: usage.is-byok-expected had nothing to judge.',
    });
  });

  it('when its state of the world cannot be brought about', async () => {
    const session = sessionWith(await closedPort());
    session.credential = () => Promise.reject(new Error('out of keys'));
    const outcome = await runCase(of(notFound), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', code: 'E_INTERNAL' });
    expect(outcome.reason).toMatch(/^Error: out of keys\n +at /);
  });

  it('when its session does not end well', async () => {
    const session = sessionWith(await answering(refusal(404)));
    session.close = () => Promise.reject(new Error('one recording was never asked for'));
    const outcome = await runCase(of(notFound), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', reason: expect.stringContaining('never asked for') });
  });

  it('when nobody can say what the endpoint supports', async () => {
    const session = sessionWith(await answering([200, { data: { endpoints: [] } }]));
    const outcome = await runCase({ ...of(notFound), requires: ['seed'] }, ref, { session });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', code: 'E_BLOCKED' });
  });
});

describe('a case fails', () => {
  it('when what should be refused is served', async () => {
    const session = sessionWith(await answering([200, { id: 'gen-1', choices: [] }]));
    const { verdict, findings } = await runCase(of(notFound), ref, { session });
    expect(verdict).toBe('fail');
    expect(findings).toContainEqual(
      expect.objectContaining({
        step: '1 POST /chat/completions',
        level: 'must',
        where: expect.stringContaining('status'),
      }),
    );
    expect(session.closed).toEqual(['done']);
  });

  it.each([400, 403, 404, 500, 502, 503])('when what should succeed is refused with %i', async (status) => {
    const session = sessionWith(await answering(refusal(status)));
    const outcome = await runCase(of(answered(say('hi'), onOwnKey)), ref, { session });
    expect(outcome.verdict).toBe('fail');
  });

  it('when the provider’s own 401 is the answer to what should succeed', async () => {
    const error = { code: 401, message: 'Provider returned error', metadata: { provider_name: 'Io Net' } };
    const session = sessionWith(await answering([401, { error }]));
    const outcome = await runCase(of(answered(say('hi'), onOwnKey)), ref, { session });
    expect(outcome.verdict).toBe('fail');
  });

  it('when something was found before it turned out not to apply', async () => {
    const session = sessionWith(await answering([200, { id: 'gen-1', choices: [] }]));
    const unfit = () => {
      throw new NotApplicable('not today');
    };
    const outcome = await runCase(of(notFound, unfit), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'fail', reason: 'not today' });
  });

  it('on what was found before the rest could not be run', async () => {
    const session = sessionWith(await answering([200, { id: 'gen-1', choices: [] }], refusal(429)));
    const outcome = await runCase(of(notFound, notFound), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'fail', code: 'E_BLOCKED' });
    expect(outcome.findings.length).toBeGreaterThan(0);
    expect(session.closed).toEqual(['failed']);
  });
});

describe('a case does not apply', () => {
  it('where the endpoint does not list a parameter it requires', async () => {
    const endpoint = { provider_name: 'Io Net', supported_parameters: ['tools'] };
    const session = sessionWith(await answering([200, { data: { endpoints: [endpoint] } }]));
    expect(await runCase({ ...of(notFound), requires: ['tools', 'seed'] }, ref, { session })).toMatchObject({
      verdict: 'not-applicable',
      reason: 'The endpoint does not list seed.',
      steps: [],
    });
    expect(session.closed).toEqual(['done']);
  });

  it('unless its session does not end well', async () => {
    const session = sessionWith(await closedPort());
    session.credential = () => Promise.reject(new NotApplicable('Only in the sandbox.'));
    session.close = () => Promise.reject(new Error('left a key behind'));
    const outcome = await runCase(of(notFound), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', reason: expect.stringContaining('left a key behind') });
  });
});

it('a step may depend on the answers before it', async () => {
  const seen: unknown[] = [];
  const session = sessionWith(await answering([200, { data: { endpoints: [] } }], refusal(404)));
  const scenario = of(
    (context) => answered(endpointListing(context)),
    ({ model, mode, earlier }) => {
      seen.push(model, mode, ...earlier.map(({ json }) => json));
      return notFound;
    },
  );
  const { steps } = await runCase(scenario, ref, { session });
  expect(seen).toEqual(['a/one', 'json', { data: { endpoints: [] } }]);
  expect(steps.map(({ step, status }) => [step, status])).toEqual([
    ['1 GET /models/a/one/endpoints', 200],
    ['2 POST /chat/completions', 404],
  ]);
});

describe('a call that was turned away for a moment', () => {
  const live = async (...answers: Parameters<typeof answering>) => {
    const kept: (number | undefined)[] = [];
    const session = sessionWith(await answering(...answers));
    const clock = { ...session.clock, sleep: async () => undefined };
    const keep: Session['keep'] = ({ response }) => void kept.push(response?.status);
    return { session: { ...session, clock, keep, random: () => 0 }, kept };
  };

  it('is made again where the session says so; the first attempt is kept beside the outcome', async () => {
    const { session, kept } = await live(refusal(503), refusal(429), refusal(404));
    expect(await runCase(of(notFound), ref, { session })).toMatchObject({
      attempts: 3,
      firstAttempt: { reason: 'POST /chat/completions: 503', findings: [] },
      steps: [{ status: 404 }],
    });
    expect(kept).toEqual([404]);
  });

  it('is made once when that is what the scenario asks for', async () => {
    const { session } = await live(refusal(429), refusal(500));
    const outcome = await runCase(of(refused(say('hi'), { status: [429] })), ref, { session });
    expect(outcome.steps).toMatchObject([{ status: 429 }]);
    expect(outcome).not.toHaveProperty('attempts');
  });

  it('is made once in a replay and in the sandbox', async () => {
    const session = sessionWith(await answering(refusal(503), refusal(404)));
    const outcome = await runCase(of(notFound), ref, { session });
    expect(outcome).toMatchObject({ verdict: 'could-not-run', code: 'E_BLOCKED' });
    expect(outcome).not.toHaveProperty('attempts');
  });
});

it('what is told of a step shows no key', async () => {
  const session = sessionWith(await answering(refusal(404)));
  const outcome = await runCase(of(notFound), ref, { session });
  expect(JSON.stringify(outcome)).not.toContain('key-customer');
  expect(outcome.steps[0]).toMatchObject({ given: 'customer', curl: expect.stringContaining('$OPENROUTER_API_KEY') });
});
