import { webkitPrivate } from './engines.ts';
import { walk } from './walk.ts';

walk(webkitPrivate);
