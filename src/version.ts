import packageJson from '../package.json' with { type: 'json' };

/** Version of this harness, as in `package.json`. */
export const harnessVersion: string = packageJson.version;
