import { FORMAT, type Recording } from '../cassettes/format.ts';
import { redactor } from '../cassettes/redact.ts';
import { refuseSecrets } from '../cassettes/refuse-secrets.ts';
import { writeCassette } from '../cassettes/store.ts';
import { toRecording } from '../cassettes/wire.ts';
import { HarnessError } from '../errors.ts';
import type { WireExchange } from '../exchange/exchange.ts';
import { ionet } from '../provider.ts';
import type { CaseRef, Credential, Session, Target } from './target.ts';

export interface RecorderOptions {
  fixturesDir: string;
  harnessVersion: string;
  contractVersion: string;
  /** Secrets beside the keys that calls are made with, by the name that takes their place, e.g. `provider-key`. */
  secrets: ReadonlyMap<string, string>;
  env: Readonly<Record<string, string | undefined>>;
  /** Records in CI too. Else a pipeline that lost its cassettes would quietly make new ones and be green. */
  allowInCi: boolean;
}

/**
 * The same target, writing a cassette for each session that ends well. One that fails leaves the cassette there was.
 *
 * Throws `E_CONFIG` in CI and for a replay; closing a session throws `E_CASSETTE` when the cassette cannot be written or would
 * hold a secret.
 */
export function recording(target: Target, options: RecorderOptions): Target {
  const { name } = target;
  if (name === 'replay')
    throw new HarnessError('E_CONFIG', 'a replay cannot be recorded: record with --target sandbox or live');
  if (inCi(options.env) && !options.allowInCi) {
    throw new HarnessError(
      'E_CONFIG',
      'recording is off in CI (CI is set): record on a developer machine and commit the cassettes',
    );
  }
  return {
    name,
    open: async (ref, onWait) =>
      recordingSession(await target.open(ref, onWait), { ...options, ref, recordedFrom: name }),
    close: () => target.close(),
  };
}

interface Particulars extends RecorderOptions {
  ref: CaseRef;
  recordedFrom: 'sandbox' | 'live';
}

function recordingSession(session: Session, options: Particulars): Session {
  const { fixturesDir, harnessVersion, contractVersion, ref, recordedFrom } = options;
  // No secret, but as new in every live run: a replay has to find its place again.
  const secrets = new Map([...options.secrets, ['label', session.label]]);
  if (session.provider !== undefined) secrets.set(session.provider.name, session.provider.key);
  const kept: { wire: WireExchange; credential: Credential }[] = [];
  const recordedAt = new Date(session.clock.now()).toISOString();

  const write = async () => {
    const redact = redactor(secrets, ionet.keyPattern);
    const exchanges: Recording[] = kept.map(({ wire, credential }) => toRecording(wire, credential.name, redact));
    const { scenario, model, mode } = ref;
    const cassette = {
      format: FORMAT,
      scenario,
      model,
      mode,
      recordedFrom: kept.some(({ wire }) => isSandbox(wire)) ? 'sandbox' : recordedFrom,
      recordedAt,
      harnessVersion,
      contractVersion,
      exchanges,
    } as const;
    refuseSecrets(cassette, redact);
    await writeCassette(fixturesDir, cassette);
  };

  return {
    ...session,
    async credential(given) {
      const credential = await session.credential(given);
      if (credential.key !== null) secrets.set(credential.name, credential.key);
      return credential;
    },
    keep(wire, credential) {
      kept.push({ wire, credential });
      session.keep?.(wire, credential);
    },
    async close(outcome) {
      await session.close(outcome);
      // A case that made no call has nothing to replay; what an earlier recording showed stays.
      if (outcome === 'done' && kept.length > 0) await write();
    },
  };
}

/** A sandbox says so in each of its answers, also where it is served as if it were OpenRouter. */
function isSandbox({ response }: WireExchange): boolean {
  return response?.headers['cf-ray'] === 'sandbox';
}

function inCi({ CI }: RecorderOptions['env']): boolean {
  return CI !== undefined && CI !== '' && CI !== '0' && CI !== 'false';
}
