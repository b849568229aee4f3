import { webkitGtk } from './engines.ts';
import { walk } from './walk.ts';

walk(webkitGtk);
