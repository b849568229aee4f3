import { i18n } from '@lingui/core';

/** Outside of a build, words carry their English with them. */
i18n.load('en', {});
i18n.activate('en', [navigator.language]);
