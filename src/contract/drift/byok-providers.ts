import { ionet } from '../../provider.ts';

/** Providers a key can be brought for, as OpenRouter's BYOKProviderSlug lists them, read 2026-11-23. */
export const byokProviders: readonly string[] = [
  ionet.slug,
  ...`
ai21 aion-labs akashml alibaba amazon-bedrock amazon-nova ambient anthropic arcee-ai atlas-cloud avian azure
baidu baseten black-forest-labs byteplus cerebras chutes cirrascale clarifai cloudflare cohere coreweave
crusoe darkbloom databricks decart deepgram deepinfra deepseek dekallm digitalocean featherless fireworks
fish-audio friendli gmicloud google-ai-studio google-vertex groq heygen inception inceptron inferact-vllm
inference-net infermatic inflection ionstream krea liquid makora mancer mara meta minimax mistral modal
modelrun modular moonshotai morph ncompass nebius nex-agi nextbit novita nvidia open-inference openai parasail
perceptron perplexity phala poolside quiver recraft reka relace runway sail-research sakana sakana-ai
sambanova seed siliconflow sourceful stepfun streamlake switchpoint tencent tenstorrent thinkingmachines
together upstage venice wafer wandb wandb-legacy xai xiaomi z-ai
`
    .trim()
    .split(/\s+/),
];
