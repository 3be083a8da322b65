import type { Clock } from '../clock.ts';
import type { IncidentName } from './incident.ts';
import type { Interfere } from './interference.ts';

export interface SandboxOptions {
  clock: Clock;
  /** Seed of everything random: the same seed, clock and calls give the same bytes. */
  seed: string;
  /** Milliseconds until a change to a BYOK key takes effect; 30,000 by default. */
  propagationMs?: number;
  /** Port of the OpenRouter side; 0 or absent lets the system choose. */
  port?: number;
  /** Makes the OpenRouter side deviate on purpose: the faults and the noise that the checks are tried with. */
  interfere?: Interfere;
}

/** What only the owner of the sandbox can do, and no OpenRouter API offers. */
export interface Backstage {
  /** Turns "Always use for this provider" on or off for a BYOK key (a switch of the web page; no API sets it). */
  alwaysUse(byokKeyId: string, on: boolean): void;
  /** Makes an account that never bought credits and returns an inference key of it. */
  keyWithoutCredits(): string;
  /** Lets the named trouble happen from now on. */
  incident(name: IncidentName): void;
  /** Puts the customer's account past its monthly BYOK allowance, so that the fee is charged. */
  exceedByokAllowance(): void;
}

/** A local OpenRouter and the provider behind it, on loopback. */
export interface Sandbox {
  /** Base URL of the OpenRouter side, ending in `/api/v1`. */
  url: string;
  /** Base URL of the provider's own API. */
  providerUrl: string;
  keys: {
    /** The customer's OpenRouter inference key. A valid prioritized BYOK key of the provider is set for it. */
    inference: string;
    management: string;
    /** The provider's own key that the customer brought: valid. */
    provider: string;
    /** Another valid key of the provider. */
    providerSecond: string;
    /** Unknown to the provider: 401. */
    providerInvalid: string;
    /** Known, but not allowed any model: 403. */
    providerForbidden: string;
    /** Its quota is used up: 429. */
    providerExhausted: string;
  };
  backstage: Backstage;
  /** Closes both servers and every connection. */
  close(): Promise<void>;
}
