// The tools and the server for agents: the same in the manifest and in the code.
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { toolNames } from '../../src/agents/toolNames';
import { tools } from '../../src/agents/tools';
import { mcpProviderId } from '../../src/extension/host/names';
import { manifest, settings } from './manifest';

const { languageModelTools, mcpServerDefinitionProviders } = manifest.contributes;

describe('tools for language models', () => {
  it('are those of the code, in its order', () => {
    expect(languageModelTools.map(({ name }) => name)).toEqual(toolNames);
  });

  it.each(toolNames)('%s says of itself and takes what the code says', (name) => {
    const tool = languageModelTools.find((one) => one.name === name);
    const { $schema, ...inputSchema } = toJsonSchema(tools[name].input);
    expect($schema).toBeDefined();
    expect(tool?.inputSchema).toEqual(inputSchema);
    expect(tool?.modelDescription).toBe(tools[name].description);
    expect(tool?.displayName).toBe(tools[name].title);
  });

  it('can be referred to in a prompt, each by a word of its own', () => {
    for (const { canBeReferencedInPrompt, userDescription } of languageModelTools) {
      expect(canBeReferencedInPrompt).toBe(true);
      expect(userDescription).toMatch(/\S/);
    }
    const words = languageModelTools.map(({ toolReferenceName }) => toolReferenceName);
    expect(new Set(words).size).toBe(toolNames.length);
    for (const word of words) expect(word).toMatch(/^glitag[A-Z]\w+$/);
  });
});

describe('the server for agents', () => {
  it('and the tools of the window are never offered both, and one of them always', () => {
    expect(settings.get('glitag.mcpServer')).toMatchObject({ default: false });
    // The cases in which the code offers no server.
    const withoutServer = [
      '!config.glitag.mcpServer',
      '!isWorkspaceTrusted',
      'workspaceFolderCount == 0',
      'virtualWorkspace',
    ];
    for (const { when } of languageModelTools) expect(when).toBe(withoutServer.join(' || '));
  });

  it('is offered under the id that the code uses', () => {
    expect(mcpServerDefinitionProviders.map(({ id }) => id)).toEqual([mcpProviderId]);
  });
});
