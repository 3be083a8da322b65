import { sameProvider } from '../checks/routing-evidence.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { ionet } from '../provider.ts';
import { NotApplicable } from '../targets/world.ts';
import type { Request, Step, StepContext } from './scenario.ts';
import { answered, endpointListing, get } from './steps.ts';

/** What has to be so for a scenario to mean anything, and where it can be read. */
export interface Fitness {
  read(context: StepContext): Request;
  /** Why the scenario does not apply; null when it does. */
  unfit(listing: Exchange, model: string): string | null;
}

/** The provider's row of a model's endpoint listing, with what the listing says of the model. */
export interface ListedEndpoint {
  context_length?: number;
  quantization?: string | null;
  supported_parameters?: string[];
  /** Of the model. */
  input_modalities?: string[];
}

/** Depends on the provider's endpoint of the model. */
export function endpointFit(unfit: (endpoint: ListedEndpoint) => string | null): Fitness {
  return { read: endpointListing, unfit: (listing) => unfit(ownEndpoint(listing)) };
}

/** Depends on the provider retaining data: it is not among the endpoints OpenRouter lists as retaining none. */
export const retaining: Fitness = {
  read: () => get('/endpoints/zdr'),
  unfit({ json }, model) {
    const { data = [] } = (json ?? {}) as { data?: { provider_name?: string; model_id?: string }[] };
    const listed = data.some(({ provider_name, model_id }) => provider_name === ionet.name && model_id === model);
    return listed ? `${ionet.name} retains no data of the model.` : null;
  },
};

/** Reads what fitness depends on, as a step of its own. */
export function readFitness({ read }: Fitness): (context: StepContext) => Step {
  return (context) => answered(read(context));
}

/** @throws NotApplicable with the reason, out of the step that `readFitness` made */
export function refuseUnfit({ unfit }: Fitness, listing: Exchange | undefined, model: string): void {
  const reason = listing === undefined ? null : unfit(listing, model);
  if (reason !== null) throw new NotApplicable(reason);
}

function ownEndpoint({ json }: Exchange): ListedEndpoint {
  const { data } = (json ?? {}) as {
    data?: {
      architecture?: { input_modalities?: string[] };
      endpoints?: (ListedEndpoint & { provider_name?: string })[];
    };
  };
  const own = data?.endpoints?.find(({ provider_name = '' }) => sameProvider(provider_name, ionet.name));
  const modalities = data?.architecture?.input_modalities;
  return { ...own, ...(modalities && { input_modalities: modalities }) };
}
