import { z } from 'zod';
import { ionet } from '../../provider.ts';
import { pages } from '../pages.ts';
import type { No, Step } from '../step.ts';
import { dataOf } from '../world.ts';

const listing = z.object({ endpoints: z.array(z.object({ provider_name: z.string() })) });

export const modelServed: Step = {
  id: 'model-served',
  asks: `${ionet.name} serves the model on OpenRouter.`,
  async look(world) {
    const exchange = await world.ask({ method: 'GET', path: `/models/${world.model}/endpoints` });
    if (exchange.response?.status === 404) return no(`OpenRouter has no model ${world.model}.`);
    const { endpoints } = dataOf(exchange, listing);
    return endpoints.some(({ provider_name }) => provider_name === ionet.name)
      ? { answer: 'yes' }
      : notServed(world.model);
  },
};

export const notServed = (model: string) => no(`${ionet.name} does not serve ${model} on OpenRouter.`);

const no = (cause: string): No => ({
  answer: 'no',
  cause,
  remedy: 'Choose a model that "byok models" lists, with --model.',
  page: pages.models,
});
