import packageJson from '../package.json' with { type: 'json' };

/** Version of this harness, as in `package.json`. */
export const harnessVersion: string = packageJson.version;

/** How a reader calls the command line: through npm where the sources run, else as the package that was installed. */
export const invocation = import.meta.filename.endsWith('.ts') ? 'npm run byok --' : 'npx byok';
