import type { Call } from '../exchange/exchange.ts';
import { inferenceHeaders } from '../exchange/inference-headers.ts';
import type { CaseRef, Credential } from '../targets/target.ts';
import type { Request } from './scenario.ts';
import { inSkin, pathOf } from './skins.ts';

/** Sent when a request names no limit: without one OpenRouter reserves credits for the model's maximum. */
const maxTokens = 256;

/** The call as it goes out: with model, mode, a token limit, the key, and what every inference call asks for. */
export function callOf(request: Request, { model, mode }: CaseRef, { key }: Credential): Call {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  if (request.kind === 'plain') {
    const { method, path, body } = request;
    return { method, path, headers, ...(body !== undefined && { body }) };
  }
  const { skin, body, untranslated = false, below = '' } = request;
  const translate = untranslated ? inSkin.chat : inSkin[skin];
  return {
    method: 'POST',
    path: pathOf[skin] + below,
    headers: { ...headers, ...inferenceHeaders, ...request.headers },
    body: translate({
      model,
      ...(!untranslated && { max_tokens: maxTokens }),
      ...body,
      ...(mode === 'stream' && { stream: true }),
    }),
  };
}
