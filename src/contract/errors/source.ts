import { ionet } from '../../provider.ts';
import type { Requirement } from '../requirement.ts';
import { contractVersion } from '../version.ts';

type Source = Requirement['source'];

/** A page of OpenRouter's documentation, by its path below `/docs/`. */
export function documented(page: string, section: string): Source {
  return { url: `https://openrouter.ai/docs/${page}`, section, read: contractVersion };
}

/** An operation of OpenRouter's OpenAPI document, e.g. `POST /chat/completions 400`. */
export function specified(section: string): Source {
  return { url: 'https://openrouter.ai/openapi.yaml', section, read: contractVersion };
}

/** The provider's BYOK guide. */
export function guided(section: string): Source {
  return { url: ionet.guide, section, read: contractVersion };
}

/** Somebody's public report of what they received. */
export function reported(url: string, section: string): Source {
  return { url, section, read: contractVersion };
}
