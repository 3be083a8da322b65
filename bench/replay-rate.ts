import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rounds } from './figures.ts';
import { material } from './material.ts';
import type { Kind, Player, Tool } from './tool.ts';
import { mswTool, nockTool, pollyTool } from './tools/fetch-patches.ts';
import { ours, oursWhole } from './tools/ours.ts';
import { mockAgent, snapshotAgent } from './tools/undici-agents.ts';

/** Answers per second of one tool, round by round. */
export interface Rates {
  tool: string;
  oneAtATime: Record<Kind, number[]>;
  thirtyTwoAtOnce: Record<Kind, number[]>;
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
const ROUND_MS = 150;
const MOST: Record<Kind, number> = { json: 4000, stream: 200 };

async function rates(tool: Tool, kind: Kind, atOnce: number): Promise<number[]> {
  const expected = material.answers[kind].chunks.join('');
  let times = 100;
  return inFolder((folder) =>
    rounds(
      async () => {
        const player = await tool.prepare(material, kind, { times: times + 1, folder });
        if ((await player.ask()) !== expected) throw new Error(`${tool.name} did not give back what was recorded`);
        const started = performance.now();
        await askMany(player, times, atOnce);
        const ms = performance.now() - started;
        await player.close();
        const perSecond = (times / ms) * 1000;
        times = Math.min(MOST[kind], Math.ceil((times * ROUND_MS) / ms));
        return perSecond;
      },
      { warmUp: 8 },
    ),
  );
}

async function piecesSeen(tool: Tool): Promise<number> {
  return inFolder(async (folder) => {
    const player = await tool.prepare(material, 'stream', { times: 1, folder });
    return player.pieces();
  });
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'byok-bench-'));
  try {
    return await use(folder);
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
    json: await rates(tool, 'json', atOnce),
    stream: await rates(tool, 'stream', atOnce),
  });
  const result: Rates = {
    tool: tool.name,
    oneAtATime: await both(1),
    thirtyTwoAtOnce: await both(32),
    pieces: await piecesSeen(tool),
  };
  process.stdout.write(JSON.stringify(result));
  // Patched globals and mock servers would keep the process alive.
  process.exit();
}

if (process.argv[2] !== undefined && import.meta.main) await main(process.argv[2]);
