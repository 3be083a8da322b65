import { describe, expect, it } from 'vitest';
import { har, recorders } from '../../captured/testing.ts';
import { countsOf, exitCodeOf } from './check-report.ts';
import { foreign, knownCapture, knownFile, reportOn, sound, wrongTotal } from './testing.ts';

describe('the exit code', () => {
  it('is 0 when nothing that must hold is broken', async () => {
    expect(exitCodeOf(await reportOn({ 'a.har': sound }))).toBe(0);
  });

  it('is 1 for a binding finding, even beside a file that cannot be read', async () => {
    expect(exitCodeOf(await reportOn({ 'a.har': har([wrongTotal]) }))).toBe(1);
    expect(exitCodeOf(await reportOn({ 'b.har': '{"log":{', 'a.har': har([wrongTotal]) }))).toBe(1);
  });

  it('is 2 for a file that cannot be read, and the others are judged', async () => {
    const report = await reportOn({ 'b.har': '{"log":{', 'a.har': sound });
    expect(exitCodeOf(report)).toBe(2);
    expect(report.files).toMatchObject([
      { file: 'b.har', exchanges: 0, problem: expect.stringContaining('b.har is broken at line 1, column 9 (byte 8)') },
      { file: 'a.har', exchanges: 1 },
    ]);
  });

  it('is 2 for an archive that breaks off, and what comes before is judged', async () => {
    const report = await reportOn({ 'a.har': sound.slice(0, -5) });
    expect(exitCodeOf(report)).toBe(2);
    expect(report.exchanges).toHaveLength(1);
  });

  it('is 3 when there is nothing to judge', async () => {
    expect(exitCodeOf(await reportOn({ 'a.har': har([]) }))).toBe(3);
    expect(exitCodeOf(await reportOn({ 'a.har': har([foreign]) }))).toBe(3);
  });

  it('is 3 when routing was demanded and no answer could show it', async () => {
    const refused = har([recorders.chrome({ status: 401, body: '{"error":{"code":401,"message":"No."}}' })]);
    expect(exitCodeOf(await reportOn({ 'a.har': refused }))).toBe(0);
    expect(exitCodeOf(await reportOn({ 'a.har': refused }, { isByok: true }))).toBe(3);
    expect(exitCodeOf(await reportOn({ 'a.har': sound }, { isByok: true }))).toBe(0);
  });
});

describe('an expected finding', () => {
  it('is known by the id of its capture, with its reason', async () => {
    const report = await reportOn({ [`somewhere/${knownFile}`]: knownCapture });
    expect(exitCodeOf(report)).toBe(0);
    expect(countsOf(report)).toMatchObject({ must: 1, expected: 1 });
    expect(report.exchanges[0]?.findings[0]?.expectedBecause).toMatch(/status 200/);
  });

  it('is not expected in another capture', async () => {
    expect(exitCodeOf(await reportOn({ 'e4-other.json': knownCapture }))).toBe(1);
  });

  it('that is not found any more is stale', async () => {
    const mended = knownCapture.replace('"status":200', '"status":429');
    const report = await reportOn({ [knownFile]: mended });
    expect(report.stale).toMatchObject([{ capture: 'e42', check: 'response.no-in-band-error' }]);
    expect(exitCodeOf(report)).toBe(1);
  });
});

it('counts what it skips, by reason and host', async () => {
  const { files } = await reportOn({ 'a.har': har([foreign, foreign, recorders.chromeStream(), recorders.chrome()]) });
  expect(files[0]).toMatchObject({
    form: 'har',
    exchanges: 1,
    skipped: [
      { why: 'of a foreign host', count: 2, hosts: { 'cdn.example.com': 2 } },
      { why: 'without the body, which the recorder did not keep', count: 1 },
    ],
  });
});
