import { readFileSync } from 'node:fs';

/** In the order in which each finds what it uses; `main.js` comes last. */
const modules = [
  'dom.js',
  'address.js',
  'filters.js',
  'verdict.js',
  'json-view.js',
  'stream-picture.js',
  'charts.js',
  'attention.js',
  'overview.js',
  'scenario-list.js',
  'exchange.js',
  'case-page.js',
  'print.js',
  'skip-links.js',
];

/**
 * What the page runs and how it looks. A page opened from a disk may not load modules, so those of `client/` become one script: each
 * a scope of its own, of which the rest sees what it exports.
 */
export function pageAssets(): { script: string; style: string } {
  const parts = modules.map((name) => scoped(read(name)));
  return { script: [...parts, withoutImports(read('main.js'))].join('\n'), style: read('style.css') };
}

function read(name: string): string {
  return readFileSync(new URL(`client/${name}`, import.meta.url), 'utf8');
}

function scoped(source: string): string {
  const names = [...source.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name).join(', ');
  return `const { ${names} } = (() => {\n${withoutImports(source).replaceAll(/^export /gm, '')}\nreturn { ${names} };\n})();`;
}

function withoutImports(source: string): string {
  return source.replaceAll(/^import [^;]*;\n/gm, '');
}
