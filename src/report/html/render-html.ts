import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { HistoryEntry } from '../history-entry.ts';
import type { RunReport } from '../run-report.ts';
import { clean } from '../text.ts';
import { pageAssets } from './assets.ts';
import { caseData } from './case-data.ts';
import { pageData } from './page-data.ts';

/** Few enough to unpack unnoticed, enough to pack well. */
const casesPerBlock = 50;

/**
 * The run as one page that needs nothing else: no network, no server. The list of cases stands in it as JSON, what is known of each
 * in packed blocks, which the browser unpacks when a case is looked at.
 *
 * @param extras.history earlier runs and this one, oldest first, for the trend
 */
export function renderHtml(report: RunReport, { history = [] }: { history?: readonly HistoryEntry[] } = {}): string {
  const { script, style } = pageAssets();
  const data = pageData(report, casesPerBlock, history);
  const title = escaped(`${data.verdict.word} · ${report.run.runId} · byok-conformance`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<noscript><p>${escaped(`${data.verdict.word}: ${data.verdict.rest}. ${data.origin}. ${data.caution ?? ''}`)}</p><p>The rest of this page needs JavaScript; summary.md beside it does not.</p></noscript>
<script type="application/json" id="report">${embedded(data)}</script>
${blocksOf(report)
  .map((block, index) => `<script type="text/plain" id="block-${index}">${block}</script>`)
  .join('\n')}
<script type="module">${script}</script>
</body>
</html>
`;
}

function blocksOf({ run, cases }: RunReport): string[] {
  const blocks: string[] = [];
  for (let first = 0; first < cases.length; first += casesPerBlock) {
    const block = cases.slice(first, first + casesPerBlock).map((one) => caseData(run, one));
    blocks.push(deflateRawSync(JSON.stringify(block)).toString('base64'));
  }
  return blocks;
}

/** JSON in which nothing ends the element around it, whatever a server sent: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements */
function embedded(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

function escaped(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}
