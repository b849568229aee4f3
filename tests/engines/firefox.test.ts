import { firefox } from './engines.ts';
import { walk } from './walk.ts';

walk(firefox);
