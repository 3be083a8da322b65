/** A model as the provider itself sells it. Prices in US dollars per million tokens. */
export interface ProviderModel {
  id: string;
  contextTokens: number;
  maxOutputTokens: number;
  inputPrice: number;
  outputPrice: number;
  cacheReadPrice: number;
  images: boolean;
  precision: string;
}

/**
 * Figures of an authenticated model list of the provider, taken over by a third party (juspay/neurolink, 2026-09-03).
 * Form of the list: https://io.net/docs/reference/ai-models/get-models-list
 */
export const providerModels: readonly ProviderModel[] = [
  {
    id: 'zai-org/GLM-5.2',
    contextTokens: 262_144,
    maxOutputTokens: 131_072,
    inputPrice: 1.552,
    outputPrice: 4.884,
    cacheReadPrice: 0.776,
    images: false,
    precision: 'fp8',
  },
  {
    id: 'Qwen/Qwen3.6-27B',
    contextTokens: 32_768,
    maxOutputTokens: 32_768,
    inputPrice: 0.399,
    outputPrice: 3.19,
    cacheReadPrice: 0.1995,
    images: true,
    precision: 'fp8',
  },
  {
    id: 'zai-org/GLM-5.3',
    contextTokens: 262_144,
    maxOutputTokens: 131_072,
    inputPrice: 1.39,
    outputPrice: 4.4,
    cacheReadPrice: 1.39,
    images: false,
    precision: 'fp8',
  },
];

/** The body of `GET /models`. */
export function modelList(): unknown {
  return {
    data: providerModels.map((model) => ({
      model_id: model.id,
      name: model.id,
      status: 'active',
      metadata: {
        tool_support: true,
        context_window: model.contextTokens,
        max_tokens: model.maxOutputTokens,
        supports_images_input: model.images,
        supports_prompt_cache: false,
        input_token_price: model.inputPrice,
        output_token_price: model.outputPrice,
        cache_read_token_price: model.cacheReadPrice,
        precision: model.precision,
      },
    })),
    pagination: { page: 1, page_size: providerModels.length, total: providerModels.length },
  };
}
