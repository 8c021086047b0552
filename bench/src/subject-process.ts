import { measure } from './measurement.js';
import { optionsFrom } from './options.js';
import { ends } from './processes.js';
import { writeProgram } from './program-file.js';
import { subjectsOf } from './subjects.js';

// node … subject-process.ts NAME FILE [OPTION …]: measures one problem, and leaves the program for other solvers in the file.
const [name, file, ...args] = process.argv.slice(2) as [string, string, ...string[]];
const options = optionsFrom(args);
const subject = subjectsOf(options).find((each) => 'name' in each && each.name === name);
if (!subject || !('name' in subject)) throw new Error(`there is no problem "${name}"`);
ends(await measure(subject, options, (program) => writeProgram(file, program)));
