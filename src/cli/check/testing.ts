import { har, recorders } from '../../captured/testing.ts';
import { bytesSource } from '../../captured/source.ts';
import { result, usage } from '../../checks/testing.ts';
import { checkFiles } from './check-files.ts';
import type { CheckReport } from './check-report.ts';

/** The report on files with these names and texts. */
export function reportOn(
  files: Record<string, string>,
  expected: Parameters<typeof checkFiles>[1]['expected'] = {},
): Promise<CheckReport> {
  const sources = Object.entries(files).map(([name, text]) => bytesSource(name, Buffer.from(text)));
  return checkFiles(sources, { raw: {}, expected });
}

export const sound = har([recorders.chrome()]);

/** One `must` finding: the total is not the sum. */
export const wrongTotal = recorders.chrome({ body: JSON.stringify(result({ usage: { ...usage, total_tokens: 99 } })) });

export const foreign = recorders.chrome({ url: 'https://cdn.example.com/a.js' });

/** A known one, by the name of its file. */
export const knownFile = 'e42-429-mid-stream.json';
export const knownCapture = JSON.stringify({
  source: { captured_at: '2026-09-10' },
  request: { method: 'POST', url: 'https://openrouter.ai/api/v1/chat/completions', headers: null, body: null },
  response: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { code: 429, message: 'Too many requests' } }),
    body_encoding: 'utf-8',
  },
});
