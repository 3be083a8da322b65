import { revokeKey } from './account.ts';
import type { BadDay } from './day.ts';
import { brokenTls, closedPort, unknownHost } from './elsewhere.ts';

import { shiftedClock } from './shifted-clock.ts';
import {
  answer,
  before,
  beforeFirst,
  commentsOnly,
  cutAfter,
  everySecond,
  flood,
  hangUpOnDelete,
  headersOnly,
  onInference,
  pauseAfter,
  silence,
  silenceOnDelete,
} from './weather.ts';

const model = ['--model', 'z-ai/glm-5.2'] as const;
const oneStream = ['--scenario', 'byok/own-key-pays', '--mode', 'stream', ...model] as const;
const oneJson = ['--scenario', 'byok/own-key-pays', '--mode', 'json', ...model] as const;
/** Long enough to be cut, and more than one case. */
const several = ['--scenario', 'pinning/*', '--mode', 'json', '--concurrency', '1', ...model] as const;
/** Cases of two suite files. */
const twoSuites = ['--scenario', 'pinning/only-pins', ...oneJson, '--concurrency', '1'] as const;
/** Makes a workspace and a key. */
const makesThings = ['--scenario', 'byok/no-key-means-shared', '--mode', 'json', ...model] as const;

const html = '<!DOCTYPE html><html><head><title>524: A timeout occurred</title></head><body></body></html>\n';
const tooMany = '{"error":{"message":"Provider returned error","code":429}}';
const json = { 'content-type': 'application/json' };
const dayMs = 86_400_000;

/** What can go wrong in a live run, each with the end it has to come to. The longest first. */
export const badDays: readonly BadDay[] = [
  {
    name: 'endless comments',
    happens: 'a stream brings keep-alive comments and never an event',
    weather: () => onInference(commentsOnly),
    args: oneStream,
    exitCode: 1,
    ends: [{ verdict: 'fail', says: /timed-out|first-event/ }],
    withinS: 200,
  },
  {
    name: 'headers, then silence',
    happens: 'a stream is begun with status 200, and nothing follows',
    weather: () => onInference(headersOnly),
    args: oneStream,
    exitCode: 1,
    ends: [{ verdict: 'fail', says: /timed-out|idle/ }],
    withinS: 120,
  },
  {
    name: '30 s of silence in mid-stream',
    happens: 'a stream says nothing for 30 s after its third chunk, then goes on',
    weather: () => onInference(pauseAfter(3, 30_000)),
    args: oneStream,
    exitCode: 0,
    ends: [{ verdict: 'pass', says: /^$/ }],
    withinS: 80,
  },
  {
    name: '30 s of silence',
    happens: 'the model thinks for 30 s before the first byte',
    weather: () => onInference(silence(30_000)),
    args: oneStream,
    exitCode: 0,
    ends: [{ verdict: 'pass', says: /^$/ }],
    withinS: 80,
  },
  {
    name: 'management API silent while cleaning up',
    happens: 'no request to delete something is answered',
    weather: () => silenceOnDelete,
    args: makesThings,
    exitCode: 3,
    ends: [{ verdict: 'pass', says: /^$/ }],
    prints: /E_LEFT_BEHIND.*byok clean --run/s,
    leaves: true,
    withinS: 120,
  },
  {
    name: 'DNS failure',
    happens: 'no name server knows the host',
    baseUrl: unknownHost,
    args: oneStream,
    exitCode: 3,
    ends: [{ verdict: 'could-not-run', code: 'E_NETWORK', says: /not-connected.*openrouter\.invalid/ }],
    withinS: 45,
  },
  {
    name: 'connection refused',
    happens: 'nobody listens at the port',
    baseUrl: closedPort,
    args: oneStream,
    exitCode: 3,
    ends: [{ verdict: 'could-not-run', code: 'E_NETWORK', says: /ECONNREFUSED/ }],
    withinS: 45,
  },
  {
    name: 'TLS error',
    happens: 'the server has no certificate to show',
    baseUrl: brokenTls,
    args: oneStream,
    exitCode: 3,
    ends: [{ verdict: 'could-not-run', code: 'E_NETWORK', says: /not-connected.*(SSL|TLS|EPROTO)/ }],
    withinS: 45,
  },
  {
    name: 'cut after three chunks',
    happens: 'the connection of a stream closes after its third chunk',
    weather: () => onInference(cutAfter(3)),
    args: oneStream,
    exitCode: 1,
    ends: [{ verdict: 'fail', says: /closed-early|reset/ }],
    asksAtMost: 1,
    withinS: 45,
  },
  {
    name: '1 GB body',
    happens: 'an answer announces 1 GB and begins to bring it',
    weather: () => onInference(flood(1024 ** 3)),
    args: oneJson,
    exitCode: 1,
    ends: [{ verdict: 'fail', says: /too-large/ }],
    takesAtMostBytes: 64 * 1024 ** 2,
    asksAtMost: 1,
    withinS: 45,
  },
  {
    name: 'HTML 524',
    happens: 'the edge gives up waiting for OpenRouter, in HTML',
    weather: () => onInference(answer(524, { 'content-type': 'text/html; charset=UTF-8' }, html)),
    args: oneJson,
    exitCode: 1,
    ends: [{ verdict: 'fail', says: /524/ }],
    asksAtMost: 1,
    withinS: 45,
  },
  {
    name: '429 without Retry-After',
    happens: 'every request is one too many, and nobody says for how long',
    weather: () => onInference(answer(429, json, tooMany)),
    args: oneJson,
    exitCode: 3,
    ends: [{ verdict: 'could-not-run', code: 'E_BLOCKED', says: /turned away with 429/ }],
    asksAtMost: 3,
    withinS: 45,
  },
  {
    name: 'Retry-After of 3,600',
    happens: 'every request is one too many, for an hour',
    weather: () => onInference(answer(429, { ...json, 'retry-after': '3600' }, tooMany)),
    args: several,
    exitCode: 3,
    ends: [{ verdict: 'could-not-run', code: 'E_BLOCKED', says: /Retry-After of 3600 s/ }],
    asksAtMost: 1,
    withinS: 45,
  },
  {
    name: 'Retry-After of 3,600, and another suite',
    happens: 'every request is one too many, for an hour; a second suite has the same key and model',
    weather: () => onInference(answer(429, { ...json, 'retry-after': '3600' }, tooMany)),
    args: twoSuites,
    exitCode: 3,
    ends: [
      { verdict: 'could-not-run', code: 'E_BLOCKED', says: /Retry-After of 3600 s/ },
      { verdict: 'could-not-run', code: 'E_BLOCKED', says: /was not sent: .*Retry-After of 3600 s/ },
    ],
    asksAtMost: 1,
    withinS: 45,
  },
  {
    name: '502 on every second probe',
    happens: 'every second request that asks whether a change is in force by now is answered with 502',
    weather: () => onInference(everySecond(answer(502, json, '{"error":{"message":"Bad gateway","code":502}}'))),
    args: ['--scenario', 'byok/refused-key-always-used-surfaces', '--mode', 'json', ...model],
    exitCode: 0,
    ends: [{ verdict: 'pass', says: /^$/ }],
    withinS: 60,
  },
  {
    name: 'SIGTERM while a given waits',
    happens: 'whoever started the run ends it while it waits for a provider key that takes an hour to serve',
    weather: (_sandbox, terminate) => onInference(before(3, terminate)),
    propagationMs: 3_600_000,
    args: ['--scenario', 'byok/disabled-key-unused', '--mode', 'json', ...model],
    exitCode: 130,
    ends: [{ verdict: 'could-not-run', code: 'E_INTERRUPTED', says: /the run was interrupted/ }],
    prints: /what they made is deleted/,
    // Three seconds of them before the signal; systems that run jobs wait for about ten after it.
    withinS: 20,
  },
  {
    name: 'wrong clock',
    happens: 'this machine is a day behind',
    args: makesThings,
    preload: shiftedClock(-dayMs),
    exitCode: 3,
    ends: [{ verdict: 'could-not-run', code: 'E_CONFIG', says: /clock/ }],
    withinS: 45,
  },
  {
    name: 'key revoked in mid-run',
    happens: 'the inference key is deleted before the third request to a model',
    weather: (sandbox) => onInference(before(3, () => revokeKey(sandbox))),
    args: several,
    exitCode: 3,
    ends: [
      { verdict: 'pass', says: /^$/ },
      { verdict: 'pass', says: /^$/ },
      { verdict: 'could-not-run', code: 'E_BLOCKED', says: /turned away with 401/ },
    ],
    withinS: 60,
  },
  {
    name: 'key revoked between answer and record',
    happens: 'the inference key is deleted before the first generation record is read',
    weather: (sandbox) => beforeFirst('/generation', () => revokeKey(sandbox)),
    args: several,
    exitCode: 3,
    ends: [
      { verdict: 'could-not-run', code: 'E_BLOCKED', says: /GET \/generation.* was turned away with 401/ },
      { verdict: 'could-not-run', code: 'E_BLOCKED', says: /turned away with 401/ },
    ],
    withinS: 60,
  },
  {
    name: 'credits gone in mid-run',
    happens: 'the account is in debt before the third request to a model',
    weather: ({ backstage }) => onInference(before(3, () => backstage.incident('negative-balance'))),
    args: several,
    exitCode: 3,
    ends: [
      { verdict: 'pass', says: /^$/ },
      { verdict: 'pass', says: /^$/ },
      { verdict: 'could-not-run', code: 'E_BLOCKED', says: /turned away with 402/ },
    ],
    withinS: 60,
  },
  {
    name: 'management API down while cleaning up',
    happens: 'every request to delete something loses its connection',
    weather: () => hangUpOnDelete,
    args: makesThings,
    exitCode: 3,
    ends: [{ verdict: 'pass', says: /^$/ }],
    prints: /E_LEFT_BEHIND.*byok clean --run/s,
    leaves: true,
    withinS: 60,
  },
];
