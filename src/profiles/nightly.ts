import type { Profile } from './profile.ts';

export const nightly: Profile = {
  name: 'nightly',
  version: 1,
  required: [],
  others: 'shown',
  maxCostUsd: 0.5,
  maxRequests: 20_000,
};
