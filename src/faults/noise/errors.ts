import { ionet } from '../../provider.ts';
import type { Json } from '../blocks.ts';
import { all, at, change, drop, set, where } from '../edit.ts';
import type { Noise } from '../noise.ts';

const isError = (json: Json) => typeof json['error'] === 'object' && json['error'] !== null;
const isEnvelope = (json: Json) => isError(json) && json['choices'] === undefined && json['id'] === undefined;

/** Of those types that stand for one status alone. */
const statusOf: Readonly<Record<string, number>> = {
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  rate_limit_error: 429,
};

/** Failures that say the same in another way. */
export const noiseInErrors: readonly Noise[] = [
  {
    name: 'errors-name-the-slug',
    says: 'The metadata of a failure names the provider by its slug.',
    only: 'errors',
    edit: change('error.metadata.provider_name', (name) => (name === ionet.name ? ionet.slug : name)),
  },
  {
    name: 'late-codes-as-words',
    among: 'chat-errors/200-',
    says: 'The code of a late error is a word.',
    only: 'errors',
    edit: all(
      change('choices.0.error.code', () => 'server_error'),
      where(
        (json) => json['choices'] !== undefined,
        change('error.code', () => 'server_error'),
      ),
    ),
  },
  {
    name: 'errors-without-metadata',
    says: 'Failures have no metadata.',
    only: 'errors',
    at: ['chat', 'completions', 'responses'],
    edit: all(drop('error.metadata'), drop('choices.0.error.metadata')),
  },
  {
    name: 'metadata-null',
    says: 'The metadata of a failure is null.',
    only: 'errors',
    at: ['chat', 'completions'],
    edit: where(isEnvelope, set('error.metadata', null)),
  },
  {
    name: 'errors-without-availability',
    says: 'Failures do not say whether to retry.',
    only: 'errors',
    edit: all(drop('error.availability'), drop('availability')),
  },
  {
    name: 'availability-in-metadata',
    says: 'Availability stands in the metadata.',
    only: 'errors',
    at: ['chat', 'completions', 'responses'],
    edit: where(
      (json) => at(json, 'error.availability') !== undefined,
      (json) => {
        set('error.metadata.availability', at(json, 'error.availability'))(json);
        drop('error.availability')(json);
      },
    ),
  },
  {
    name: 'type-in-the-error',
    says: 'error_type stands in the error.',
    only: 'errors',
    at: ['chat', 'completions'],
    edit: where(
      (json) => at(json, 'error.metadata.error_type') !== undefined,
      (json) => {
        set('error.error_type', at(json, 'error.metadata.error_type'))(json);
        drop('error.metadata.error_type')(json);
      },
    ),
  },
  {
    name: 'type-beside-the-error',
    says: 'error_type stands beside the error.',
    only: 'errors',
    at: ['chat', 'completions'],
    edit: where(
      (json) => at(json, 'error.metadata.error_type') !== undefined,
      (json) => {
        json['error_type'] = at(json, 'error.metadata.error_type');
        drop('error.metadata.error_type')(json);
      },
    ),
  },
  {
    name: 'errors-without-routing',
    says: 'Failures come without routing metadata.',
    only: 'errors',
    edit: where(isError, drop('openrouter_metadata')),
  },
  {
    name: 'errors-with-user',
    says: 'Failures name the user.',
    only: 'errors',
    at: ['chat', 'completions'],
    edit: where(isEnvelope, set('user_id', 'user_qjpVSWw6Mgu15sYkRfCAlqCo3q9')),
  },
  {
    name: 'plain-errors-on-messages',
    says: 'Failures of /messages have OpenRouter’s own envelope.',
    only: 'errors',
    at: ['messages'],
    edit: where(
      (json) => json['type'] === 'error' && json['request_id'] !== undefined,
      (json) => {
        const code = statusOf[String(at(json, 'error.type'))];
        if (code === undefined) return;
        for (const field of ['type', 'request_id', 'metadata']) delete json[field];
        json['error'] = { code, message: at(json, 'error.message') };
      },
    ),
  },
  {
    name: 'words-for-codes-on-responses',
    says: 'The code of a refused body is a word on /responses.',
    only: 'errors',
    among: 'responses-errors/400',
    at: ['responses'],
    edit: where((json) => isEnvelope(json) && at(json, 'error.code') === 400, set('error.code', 'invalid_prompt')),
  },
  {
    name: 'long-messages',
    says: 'Failures explain themselves at length.',
    only: 'errors',
    edit: change('error.message', (text) =>
      typeof text === 'string' ? `${text}\nSee the documentation. ${'More. '.repeat(2_000)}` : text,
    ),
  },
];
