import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, rounds } from './figures.ts';
import { material } from './material.ts';
import type { Kind, Player, Tool } from './tool.ts';
import { mswTool, nockTool, pollyTool } from './tools/fetch-patches.ts';
import { ours, oursWhole } from './tools/ours.ts';
import { mockAgent, snapshotAgent } from './tools/undici-agents.ts';

/** Answers per second. */
export interface Rates {
  tool: string;
  oneAtATime: Record<Kind, Figure>;
  thirtyTwoAtOnce: Record<Kind, Figure>;
  /** In which a stream of 200 chunks reaches its reader. */
  pieces: number;
}

const tools: Record<string, Tool> = {
  ours,
  'ours-whole': oursWhole,
  'snapshot-agent': snapshotAgent,
  'mock-agent': mockAgent,
  nock: nockTool,
  msw: mswTool,
  polly: pollyTool,
};
export const toolNames = Object.keys(tools);

/** Slow tools get fewer requests, lest a round take much longer. */
const TARGET_MS = 200;
/** Many short ones: their median bears a busy machine better than that of few long ones. */
const SHORT_ROUNDS = 15;
const MOST: Record<Kind, number> = { json: 4000, stream: 200 };

async function rate(tool: Tool, kind: Kind, atOnce: number): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'byok-bench-'));
  const expected = material.answers[kind].chunks.join('');
  let times = 100;
  try {
    return await rounds(
      '/s',
      async () => {
        const player = await tool.prepare(material, kind, { times: times + 1, folder });
        if ((await player.ask()) !== expected) throw new Error(`${tool.name} did not give back what was recorded`);
        const started = performance.now();
        await askMany(player, times, atOnce);
        const ms = performance.now() - started;
        await player.close();
        const perSecond = (times / ms) * 1000;
        times = Math.min(MOST[kind], Math.ceil((times * TARGET_MS) / ms));
        return perSecond;
      },
      SHORT_ROUNDS,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function piecesSeen(tool: Tool): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'byok-bench-'));
  try {
    const player = await tool.prepare(material, 'stream', { times: 1, folder });
    return await player.pieces();
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function askMany(player: Player, times: number, atOnce: number): Promise<void> {
  let left = times;
  const worker = async () => {
    while (left-- > 0) await player.ask();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Run as `node bench/replay-rate.ts <tool>`: prints the rates of that tool as JSON. Alone in its process, because most tools patch it. */
async function main(name: string): Promise<void> {
  const tool = tools[name];
  if (!tool) throw new Error(`no tool "${name}": expected one of ${toolNames.join(', ')}`);
  const both = async (atOnce: number) => ({
    json: await rate(tool, 'json', atOnce),
    stream: await rate(tool, 'stream', atOnce),
  });
  const rates: Rates = {
    tool: tool.name,
    oneAtATime: await both(1),
    thirtyTwoAtOnce: await both(32),
    pieces: await piecesSeen(tool),
  };
  process.stdout.write(JSON.stringify(rates));
  // Patched globals and mock servers would keep the process alive.
  process.exit();
}

if (process.argv[2] !== undefined && import.meta.main) await main(process.argv[2]);
