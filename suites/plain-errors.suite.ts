/**
 * Every documented error of the account, listing and management APIs, each beside the same call going well.
 * https://openrouter.ai/docs/api_reference
 */
import { plainErrors } from '../src/index.ts';
import { plainProvocations } from './provocations/plain.ts';

plainErrors(plainProvocations);
