import { expect, it } from 'vitest';
import { readExchange } from '../exchange/read-exchange.ts';
import { captureExpectations } from './capture-expectations.ts';
import { isCapture, readCapture } from './capture.ts';
import { judge } from '../checks/check.ts';
import { checks } from '../checks/checks.ts';
import { subjectOf } from '../checks/recognise.ts';
import { result } from '../checks/testing.ts';

const capture = {
  source: { repo: 'a/b', captured_at: '2026-09-10T10:00:00Z' },
  request: {
    method: 'POST',
    url: 'https://openrouter.ai/api/v1/chat/completions?x=1',
    headers: null,
    body: { model: 'm' },
  },
  response: {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(result()),
    body_encoding: 'utf-8',
  },
};

function read(value: unknown) {
  const entry = readCapture(value);
  if (entry.kind === 'skipped') throw new Error(entry.why);
  return entry;
}

it('reads a capture as an exchange of its day', () => {
  const { wire, madeAt } = read(capture);
  expect(madeAt).toBe('2026-09-10');
  expect(wire.call).toEqual({ method: 'POST', path: '/chat/completions?x=1', headers: {}, body: { model: 'm' } });
  expect(wire.response?.headers).toEqual({ 'content-type': 'application/json' });
  expect(readExchange(wire).json).toEqual(result());
});

it('blames nobody for headers, status and request that were not kept', () => {
  const { wire } = read({
    ...capture,
    request: { method: null, url: null, body: null },
    response: { ...capture.response, status: null, headers: null },
  });
  const subject = subjectOf(readExchange(wire));
  expect(subject.endpoint).toBe('chat');
  expect(judge(checks, subject)).toEqual([]);
});

it('reads bytes that are no text', () => {
  const { wire } = read({
    ...capture,
    response: { ...capture.response, body: '/wA=', body_encoding: 'base64' },
  });
  expect([...(wire.chunks[0]?.bytes ?? [])]).toEqual([0xff, 0x00]);
});

it('leaves alone what was captured elsewhere', () => {
  const elsewhere = { ...capture, request: { ...capture.request, url: 'https://api.example.com/v1/chat/completions' } };
  expect(readCapture(elsewhere)).toMatchObject({ kind: 'skipped', why: 'of a foreign host', host: 'api.example.com' });
});

it('tells a capture from other JSON', () => {
  expect(isCapture(capture)).toBe(true);
  expect(isCapture(result())).toBe(false);
  expect(isCapture(null)).toBe(false);
});

it('names the field that is wrong', () => {
  const broken = { ...capture, response: { ...capture.response, status: 'ok' } };
  expect(() => readCapture(broken)).toThrow(/response\.status/);
});

it('expects each finding once, with a reason', () => {
  const keys = captureExpectations.map(({ capture: name, check }) => `${name} ${check}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(captureExpectations.filter(({ reason }) => reason === '')).toEqual([]);
});
