import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { CaseFinished, ExchangeView, RunEvent } from '../events.ts';
import type { HistoryEntry } from '../history-entry.ts';
import { summarise } from '../run-report.ts';
import { caseFinished, finding, runFinished, runStarted, step } from '../testing.ts';
import { renderHtml } from './render-html.ts';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Starts the browser of this machine. It is nobody's place to skip these tests unnoticed, so without one they fail. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? usualPlaces.find((path) => existsSync(path));
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error(
      `Expected Chromium at ${executablePath ?? usualPlaces.join(' or ')}, but found none. Install it (Debian: apt-get install chromium) or name it in CHROMIUM.`,
    );
  }
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  // A container's root has no user namespace to be shut into.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-sync', ...quiet, ...sandbox] });
}

/** A page of a run, opened from the disk, and whatever it did that it should not. */
interface OpenPage {
  page: Page;
  /** Errors, warnings of the browser, and requests for anything but the file. */
  complaints: string[];
}

export async function openReport(
  browser: Browser,
  events: readonly RunEvent[],
  { hash = '', history = [], ...options }: BrowserContextOptions & { hash?: string; history?: HistoryEntry[] } = {},
): Promise<OpenPage> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const file = join(folder, 'index.html');
  writeFileSync(file, renderHtml(summarise(events), { history }));
  const context = await browser.newContext(options);
  onTestFinished(async () => {
    await context.close();
    rmSync(folder, { recursive: true });
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.route('**', (route) => {
    const url = route.request().url();
    if (url.startsWith(`file://${file}`)) return route.continue();
    complaints.push(`request: ${url}`);
    return route.abort();
  });
  await page.goto(`file://${file}${hash}`);
  await ready(page);
  return { page, complaints };
}

/** The page has drawn what its address asks for. */
export async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor();
}

export const breakout =
  '</script><script>alert(1)</script><img src=x onerror=alert(2)> \u0000\u001B[31m\u202Edetrevni <!-- &lt;';

/** A run in which some things went wrong, one of them with everything a server can say. */
export function troubledRun(): RunEvent[] {
  const source = { url: 'https://openrouter.ai/docs/guides/routing', section: 'Only', read: '2026-11-23' };
  return [
    runStarted({
      requirements: [{ id: 'provider.only', level: 'must', statement: 'The one named serves it.', source }],
    }),
    caseFinished({
      scenario: 'pinning/only-pins',
      mode: 'stream',
      steps: [step({ exchange: exchange({ chunks: marks }) })],
    }),
    caseFinished({
      scenario: 'pinning/own-key',
      verdict: 'fail',
      findings: [finding(), finding({ check: 'body.text', level: 'should', actual: breakout })],
      steps: [
        step({ exchange: exchange({ responseBody: `{"text": ${JSON.stringify(breakout)}}` }), firstContentMs: 40 }),
      ],
    }),
    caseFinished({
      scenario: 'errors/unknown-key',
      family: 'errors',
      model: 'qwen/qwen3.6-27b',
      verdict: 'could-not-run',
      reason: 'no answer came',
      code: 'E_NETWORK',
    }),
    caseFinished({
      scenario: 'errors/known-flaw',
      family: 'errors',
      model: null,
      mode: null,
      verdict: 'known',
      reason: breakout,
    }),
    runFinished(),
  ];
}

const marks: [number, number][] = [
  [12, 30],
  [40, 300],
  [55, 280],
];

function exchange(changes: Partial<ExchangeView> = {}): ExchangeView {
  return {
    method: 'POST',
    path: '/chat/completions',
    requestHeaders: { authorization: 'Bearer $OPENROUTER_API_KEY', 'content-type': 'application/json' },
    requestBody: '{"model":"z-ai/glm-5.2","messages":[{"role":"user","content":"Hi"}],"provider":{"only":["x"]}}',
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: '{"id":"gen-1","choices":[{"index":0}]}',
    responseBytes: 38,
    headersMs: 10,
    totalMs: 60,
    ...changes,
  };
}

/** A large run, in which no two answers are alike, so that it packs no better than a real one. */
export function largeRun(count: number): RunEvent[] {
  return [runStarted(), ...Array.from({ length: count }, (_, index) => largeCase(index)), runFinished()];
}

function largeCase(index: number): CaseFinished {
  const family = `family-${index % 25}`;
  const calls = [0, 1].map((call) => {
    const id = `gen-${(index * 7919 + call).toString(36)}-${Math.sin(index + call)
      .toString(36)
      .slice(3)}`;
    const events = Array.from({ length: 10 }, (_, event) => {
      const content = Math.sin(index * 31 + event * 7 + call).toString(36);
      return `data: {"id":"${id}","object":"chat.completion.chunk","model":"z-ai/glm-5.2","choices":[{"index":0,"delta":{"content":"${content}","role":"assistant"},"finish_reason":null}]}\n\n`;
    });
    const chunks = events.map((text, event): [number, number] => [190 + event * 11.5, text.length]);
    return step({
      step: `${call + 1} POST /chat/completions`,
      generationId: id,
      firstContentMs: 190,
      exchange: exchange({ responseBody: events.join(''), chunks }),
    });
  });
  return caseFinished({
    scenario: `${family}/behaviour-number-${Math.floor(index / 4)}`,
    family,
    model: index % 2 === 0 ? 'z-ai/glm-5.2' : 'qwen/qwen3.6-27b',
    mode: index % 4 < 2 ? 'json' : 'stream',
    says: `Behaviour ${Math.floor(index / 4)} holds whatever else is asked for in the same request.`,
    steps: calls,
    ...(index % 10 === 0 && { verdict: 'fail', findings: [finding({ actual: `is_byok false in answer ${index}` })] }),
  });
}
