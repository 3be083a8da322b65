import { expect, test } from 'vitest';
import { BrokenSpecification, parseSpecification } from './specification.ts';

const least = 'openapi: 3.1.0\npaths: {}\ncomponents: { schemas: {} }\n';

function messageOf(text: string): string {
  try {
    parseSpecification(text, 'a.yaml');
  } catch (error) {
    if (error instanceof BrokenSpecification) return error.message;
    throw error;
  }
  return 'no error';
}

test('a document is read as YAML and as JSON', () => {
  const json = JSON.stringify(
    { openapi: '3.1.0', paths: {}, components: { schemas: { A: { type: 'string' } } } },
    null,
    '\t',
  );
  expect(parseSpecification(json, 'a.json').schema('A')).toEqual({ type: 'string' });
  expect(parseSpecification(least, 'a.yaml').schema('A')).toBeUndefined();
});

test('a broken document is refused with the line and column of the break', () => {
  expect(messageOf(`${least}x: [1,\ny: 2\n`)).toMatch(/^a\.yaml:\d+:\d+: /);
  expect(messageOf('{"openapi": "3.1.0",\n "paths": {}}}')).toMatch(/^a\.yaml:2:14: /);
  expect(messageOf('a: 1\na: 2\n')).toMatch(/^a\.yaml:2:1: .*unique/);
});

test('a document that is no specification is refused with what it lacks', () => {
  expect(messageOf('<html></html>')).toBe('a.yaml:1:1: expected a version at "openapi", found nothing.');
  expect(messageOf('openapi: 3.1.0\npaths: []\n')).toBe(
    'a.yaml:1:1: expected a mapping of paths at "paths", found a list.',
  );
  expect(messageOf('')).toMatch(/^a\.yaml:1:1: /);
});

test('a document whose aliases multiply without end is refused', () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const before = level === 0 ? '"lol"' : `*a${level - 1}`;
    return `a${level}: &a${level} [${Array(9).fill(before).join(',')}]`;
  });
  expect(messageOf(`${least}${levels.join('\n')}\n`)).toMatch(/^a\.yaml:1:1: .*alias/i);
});

test('references and parts are followed, and a ring of references stands for nothing', () => {
  const specification = parseSpecification(
    `
openapi: 3.1.0
paths:
  /a/{b}:
    get:
      responses:
        '200': { $ref: '#/components/responses/Good' }
        '404': { description: none }
        default: { description: other }
components:
  responses:
    Good: { content: { application/json: { schema: { $ref: '#/components/schemas/Whole' } } } }
  schemas:
    Ring: { $ref: '#/components/schemas/Ring' }
    Part: { type: object, properties: { a: { type: string } }, required: [a] }
    Whole:
      allOf:
        - $ref: '#/components/schemas/Part'
        - properties: { b: { type: number } }
          required: [b]
`,
    'a.yaml',
  );
  expect(specification.errorStatuses('GET /a/{b}')).toEqual(['404']);
  expect(specification.errorStatuses('POST /a/{b}')).toBeUndefined();
  expect(specification.resolved(specification.schema('GET /a/{b} 200'))).toEqual({
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'number' } },
    required: ['a', 'b'],
  });
  expect(specification.resolved(specification.schema('Ring'))).toBeUndefined();
});
