import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Which folders of `src/` each may import beside itself, and of which it may know the types alone. */
const allowed: Record<string, { imports: string[]; types?: string[] }> = {
  contract: { imports: [] },
  exchange: { imports: ['contract'] },
  checks: { imports: ['contract', 'exchange'] },
  // A case gets its session from a target, asks for incidents by name and hands back what the report will tell.
  scenario: { imports: ['contract', 'exchange', 'checks', 'targets'], types: ['report', 'sandbox'] },
  cassettes: { imports: ['exchange'], types: ['targets'] },
  sandbox: { imports: [] },
  targets: { imports: ['exchange', 'cassettes', 'sandbox'] },
  // Deviations of the sandbox, tried on the scenarios to see what the checks make of them.
  faults: { imports: ['exchange', 'checks', 'scenario', 'targets', 'sandbox'] },
  // What goes wrong on the wire between a live run and OpenRouter, and what the run's events say of it.
  'bad-days': { imports: ['sandbox', 'targets', 'report'] },
  doctor: { imports: ['exchange'] },
  captured: { imports: ['contract', 'exchange', 'checks', 'cassettes'] },
  report: { imports: [], types: ['checks', 'targets'] },
  // Which failures are known, and what earlier runs left to compare with.
  baseline: { imports: ['scenario'], types: ['report', 'targets'] },
  history: { imports: ['report', 'scenario'], types: ['targets'] },
  // What has to hold for one use of the harness.
  profiles: { imports: [], types: ['report', 'targets'] },
  cli: {
    imports: [
      'profiles',
      'baseline',
      'history',
      'contract',
      'exchange',
      'checks',
      'scenario',
      'targets',
      'cassettes',
      'captured',
      'bad-days',
      'doctor',
      'faults',
      'sandbox',
      'report',
    ],
  },
  // Reads what users copy into their CI as the systems there do, to run it as it is written.
  examples: { imports: ['cli'] },
  // What a suite is written with.
  'index.ts': { imports: ['exchange', 'checks', 'scenario'] },
  suites: { imports: ['index.ts'] },
};

/** Import nothing themselves, so anybody may import them. */
const leaves = new Set(['errors.ts', 'clock.ts', 'glob.ts', 'provider.ts', 'version.ts']);

const root = join(import.meta.dirname, '..');
const files = globSync(['src/**/*.ts', 'suites/**/*.ts'], { cwd: root })
  // Tests and what helps them may reach anywhere.
  .filter((file) => !/\.(test|example)\.ts$|\/testing\.ts$|\/judged-by\//.test(file))
  .sort();

interface Import {
  from: string;
  /** A file of the project, or a package. */
  to: string;
  typesOnly: boolean;
}

const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => /^(src|suites)\//.test(to));

describe('an import', () => {
  it('goes only where the layout lets its folder look', () => {
    expect(breaches(inside)).toEqual([]);
  });

  it('of a folder that may not be looked into is found', () => {
    const wrong = [
      { from: 'src/checks/a.ts', to: 'src/targets/b.ts', typesOnly: false },
      { from: 'src/report/a.ts', to: 'src/checks/b.ts', typesOnly: false },
      { from: 'src/sandbox/a.ts', to: 'src/cli/b.ts', typesOnly: true },
      { from: 'src/cli/a.ts', to: 'suites/b.suite.ts', typesOnly: false },
      { from: 'suites/a.suite.ts', to: 'src/exchange/b.ts', typesOnly: false },
      { from: 'src/errors.ts', to: 'src/contract/b.ts', typesOnly: true },
    ];
    expect(breaches(wrong)).toHaveLength(wrong.length);
  });

  it('of code is never part of a circle', () => {
    expect(circle(inside.filter(({ typesOnly }) => !typesOnly))).toEqual([]);
  });

  it('that closes a circle is found', () => {
    const ring = ['a', 'b', 'c', 'a'];
    const edges = ring.slice(1).map((to, index) => ({ from: ring[index] ?? '', to, typesOnly: false }));
    expect(circle(edges)).toEqual(ring);
  });
});

it('no suite knows what carries its calls', () => {
  const carriers = imports.filter(
    ({ from, to }) => from.startsWith('suites/') && /^(undici|node:https?|node:net)$/.test(to),
  );
  expect(carriers).toEqual([]);
});

it('only the provider profile names the provider under test', () => {
  const names = /io-net|Io Net|io-v2|IONET/;
  const naming = files
    .filter((file) => file.startsWith('src/') && file !== 'src/provider.ts')
    .filter((file) => names.test(withoutComments(sourceOf(file))));
  expect(naming).toEqual([
    // A promise in OpenRouter's own words.
    'src/contract/requirements/routing.ts',
    // Ids of scenarios are an interface, as they are.
    'src/profiles/nightly.ts',
    // OpenRouter's list of the providers it takes keys of.
    'src/sandbox/openrouter/byok-providers.ts',
    // The stand-in of the provider makes keys that look like the provider's.
    'src/sandbox/provider/keys.ts',
  ]);
});

function breaches(all: readonly Import[]): string[] {
  return all.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} imports ${to}`);
}

function isAllowed({ from, to, typesOnly }: Import): boolean {
  const [here, there] = [folderOf(from), folderOf(to)];
  if (here === there) return true;
  if (leaves.has(here)) return false;
  if (leaves.has(there)) return here !== 'suites';
  const { imports: mayImport, types = [] } = allowed[here] ?? { imports: [] };
  return mayImport.includes(there) || (typesOnly && types.includes(there));
}

/** `checks` for `src/checks/usage.ts`, `index.ts` for `src/index.ts`, `suites` for any suite. */
function folderOf(file: string): string {
  const [top = '', next = ''] = file.split('/');
  return top === 'src' ? next : top;
}

/** The files of a circle, the first once more at its end; empty when there is none. */
function circle(edges: readonly Import[]): string[] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const walk = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { to } of next.get(file) ?? []) {
      const found = walk(to, [...path, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const found = walk(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

function importsOf(file: string): Import[] {
  const source = withoutComments(sourceOf(file));
  const statements = source.matchAll(/^(?:import|export)\s+(type\s)?(?:[\w*{][^'"]*?\sfrom\s*)?'([^']+)'/gm);
  const calls = source.matchAll(/\bimport\('([^']+)'\)/g);
  return [
    ...[...statements].map(([, type, to = '']) => ({ to, typesOnly: type !== undefined })),
    ...[...calls].map(([, to = '']) => ({ to, typesOnly: false })),
  ].map(({ to, typesOnly }) => ({ from: file, to: to.startsWith('.') ? resolved(file, to) : to, typesOnly }));
}

function resolved(file: string, to: string): string {
  return relative(root, join(root, dirname(file), to));
}

function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/ .*$/gm, '');
}
