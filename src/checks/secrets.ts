import { ionet } from '../provider.ts';
import type { Breach, Check, Subject } from './check.ts';

/**
 * What keys look like. A masked label such as `sk-or-v1-0e6...1c96` is no key, nor is the documentation's `sk-or-v1-...`.
 * Nor is a placeholder in text about keys: a bearer token has a digit. The answer to POST /keys holds the new key on purpose.
 */
const keyShapes: readonly (readonly [name: string, shape: RegExp])[] = [
  ['an OpenRouter key', /sk-or-v1-[0-9a-f]{32,}/i],
  ['a provider key', new RegExp(ionet.keyPattern.source)],
  ['an API key', /(?<![\w-])sk-(?!or-v1-)(?:ant-|proj-)?[A-Za-z0-9_-]{32,}/],
  ['a bearer token', /\bBearer\s+(?=\S*\d)[A-Za-z0-9._~+/-]{20,}/],
];

export const secretChecks = [
  {
    id: 'response.no-secrets',
    level: 'must',
    holds: 'Neither headers nor body carry an API key.',
    covers: ['errors.no-secrets'],
    applies: ({ exchange }) => exchange.response !== undefined,
    judge: (subject) => {
      const headers = Object.entries(subject.exchange.response?.headers ?? {});
      return [
        ...headers.flatMap(([name, value]) => leaks(value, `header ${name}`)),
        ...(givesKey(subject) ? [] : leaks(subject.exchange.text, 'body')),
      ];
    },
  },
] as const satisfies readonly Check[];

function givesKey({ endpoint, exchange }: Subject): boolean {
  return endpoint === 'keys' && exchange.call.method === 'POST';
}

function leaks(text: string, where: string): Breach[] {
  return keyShapes.flatMap(([name, shape]) => {
    const found = shape.exec(text);
    // The finding must not repeat what it complains of.
    return found === null
      ? []
      : [
          {
            expected: 'no key',
            actual: `${name} of ${found[0].length} characters`,
            where: `${where}, character ${found.index}`,
          },
        ];
  });
}
