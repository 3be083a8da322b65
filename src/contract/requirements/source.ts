import type { Requirement } from '../requirement.ts';
import { ionet } from '../../provider.ts';
import { contractVersion } from '../version.ts';

const read = contractVersion;

/** A promise of OpenRouter's documentation; `page` is the path below `/docs/`. */
export function docs(page: string, section: string, statement: string): Requirement {
  return {
    level: 'must',
    statement,
    source: { url: `https://openrouter.ai/docs/${page}`, section, read },
  };
}

/** A promise of OpenRouter's OpenAPI document. */
export function spec(section: string, statement: string): Requirement {
  return {
    level: 'must',
    statement,
    source: { url: 'https://openrouter.ai/openapi.yaml', section, read },
  };
}

/** A promise of the provider's BYOK guide. */
export function guide(section: string, statement: string): Requirement {
  return { level: 'must', statement, source: { url: ionet.guide, section, read } };
}

/** The same promise where it is a recommendation, or where the sources disagree about it. */
export function advised(requirement: Requirement): Requirement {
  return { ...requirement, level: 'should' };
}
