import { noiseInBodies } from './noise/bodies.ts';
import { noiseInErrors } from './noise/errors.ts';
import { noiseInStreams } from './noise/streams.ts';
import type { Noise } from './noise.ts';

/** Every noise there is. */
export const noises: readonly Noise[] = [...noiseInStreams, ...noiseInBodies, ...noiseInErrors];
