import { CouldNotSee } from './could-not-see.ts';
import type { Looked, Step, StepId } from './step.ts';
import { credits } from './steps/credits.ts';
import { modelServed } from './steps/model-served.ts';
import { openRouterKey } from './steps/openrouter-key.ts';
import { ownKey } from './steps/own-key.ts';
import { policies } from './steps/policies.ts';
import { providerKey } from './steps/provider-key.ts';
import { longestPauseMs, propagationMs, servedOnOwnKey } from './steps/served-on-own-key.ts';
import type { World } from './world.ts';

/** The set-up of the guide, in the order in which one thing rests on another. */
const checklist: readonly Step[] = [providerKey, openRouterKey, credits, ownKey, policies, modelServed, servedOnOwnKey];

/** One step, and what was seen of it; after a cause nothing more is looked at. */
export type Line = { id: StepId; asks: string } & (Looked | { answer: 'not-looked-at' });

export interface Diagnosis {
  /** `yes` although something could not be seen, when that was only for want of an optional key. */
  answer: 'yes' | 'no' | 'could-not-tell';
  lines: Line[];
}

export interface Manner {
  /** Looks again while a change may still be spreading. */
  waits: boolean;
  /** Told of every line as it is known. */
  onLine(line: Line): void;
  /** Told before every pause, with the milliseconds waited so far. */
  onWait(line: Line, waitedMs: number): void;
}

/** Walks the checklist up to the first cause. Nothing secret is in what it returns. */
export async function diagnose(world: World, manner: Manner): Promise<Diagnosis> {
  const lines: Line[] = [];
  for (const step of checklist) {
    const isOver = lines.some(({ answer }) => answer === 'no');
    const line: Line = isOver ? lineOf(step, { answer: 'not-looked-at' }) : await patiently(step, world, manner);
    lines.push(line);
    manner.onLine(line);
  }
  return { answer: answerOf(lines), lines };
}

async function patiently(step: Step, world: World, { waits, onWait }: Manner): Promise<Line> {
  const began = world.clock.now();
  for (let pause = 1_000; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const line = withoutSecrets(lineOf(step, await look(step, world, world.clock.now() - began)), world);
    const waited = world.clock.now() - began;
    if (!waits || !mayPass(line) || waited + pause > propagationMs) return line;
    onWait(line, waited);
    await world.clock.sleep(pause);
  }
}

async function look(step: Step, world: World, waitedMs: number): Promise<Looked> {
  try {
    return await step.look(world, waitedMs);
  } catch (error) {
    if (!(error instanceof CouldNotSee)) throw error;
    return { answer: 'could-not-see', why: error.message, ...(error.lacks !== undefined && { lacks: error.lacks }) };
  }
}

const mayPass = (line: Line) => line.answer === 'not-yet' || (line.answer === 'no' && line.mayPass === true);

function answerOf(lines: readonly Line[]): Diagnosis['answer'] {
  if (lines.some(({ answer }) => answer === 'no')) return 'no';
  const isFine = (line: Line) => line.answer === 'yes' || (line.answer === 'could-not-see' && line.lacks !== undefined);
  return lines.every(isFine) ? 'yes' : 'could-not-tell';
}

function lineOf(step: Step, looked: Looked | { answer: 'not-looked-at' }): Line {
  return { id: step.id, asks: step.asks, ...looked };
}

/** A server's words may repeat a key or steer a terminal. */
function withoutSecrets(line: Line, { keys }: World): Line {
  const secrets = [keys.openRouter, keys.management, keys.provider].filter((key) => key !== null);
  const clean = (text: string) =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, '[key]'), text).replaceAll(/[\p{Cc}\s]+/gu, ' ');
  const entries = Object.entries(line).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]);
  return Object.fromEntries(entries) as Line;
}
