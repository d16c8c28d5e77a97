// The model that comes with GLiTag, by the name of its folder.
export const embeddedModelName = 'glitag-small-en';
