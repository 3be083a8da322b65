import { onTestFinished } from 'vitest';
import { agent } from '../exchange/testing.ts';
import type { IncidentName } from '../sandbox/incident.ts';
import { stageIncident } from '../sandbox/incidents/stage-incident.ts';
import { openTestSandbox, type TestSandbox } from '../sandbox/openrouter/testing.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import { openWorld, type World } from './world.ts';

/** What the doctor is given in place of the customer's own. */
interface Change {
  keys?: Partial<World['keys']>;
  model?: string;
  waits?: boolean;
  baseUrl?: string;
}

export interface SetUp extends TestSandbox {
  incident(name: IncidentName): void;
  /** Changes the BYOK key of the customer, and lets that spread. */
  changeOwnKey(change: Record<string, unknown>): Promise<void>;
  /** A guardrail with these rules, assigned to the customer's key. */
  guard(rules: Record<string, unknown>): Promise<void>;
  /** Pauses made so far: what had been waited before each. */
  waits: number[];
  doctor(change?: Change): Promise<Diagnosis>;
}

/** A sandbox for the running test, with a customer whose set-up is sound, and the doctor who looks at it. */
export async function customerSetUp(): Promise<SetUp> {
  const sandbox = await openTestSandbox('doctor');
  const { provider, customer, clock, manage } = sandbox;
  onTestFinished(sandbox.close);
  const dispatcher = agent({ connectTimeout: 0 });
  const waits: number[] = [];
  return {
    ...sandbox,
    waits,
    incident: (name) => stageIncident(name, sandbox),
    async changeOwnKey(change) {
      const [{ id }] = (await manage('GET', '/byok')).json.data;
      await manage('PATCH', `/byok/${id}`, change);
      await clock.sleep(180_000);
    },
    async guard(rules) {
      const { data } = (await manage('POST', '/guardrails', { name: 'Strict', ...rules })).json;
      const [{ hash }] = (await manage('GET', '/keys')).json.data;
      await manage('POST', `/guardrails/${data.id}/assignments/keys`, { key_hashes: [hash] });
    },
    async doctor({ keys, model = 'z-ai/glm-5.2', waits: patient = false, baseUrl = sandbox.url } = {}) {
      const world = openWorld({
        baseUrl,
        providerUrl: provider.url,
        keys: {
          openRouter: customer.inferenceKey,
          management: customer.managementKey,
          provider: provider.keys.customer,
          ...keys,
        },
        model,
        dispatcher,
        clock,
      });
      return diagnose(world, {
        waits: patient,
        onLine: () => {},
        onWait: (_line, waitedMs) => void waits.push(waitedMs),
      });
    },
  };
}

/** The first cause, as `<step>: <cause>`; else the answer. */
export function found({ answer, lines }: Diagnosis): string {
  const line = lines.find((line) => line.answer === 'no');
  return line?.answer === 'no' ? `${line.id}: ${line.cause}` : answer;
}
