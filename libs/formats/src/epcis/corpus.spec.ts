import { corpusFiles, corpusJson, describeCorpus } from '../testing/corpus.js';
import { refusals } from '../testing/read.js';
import { looksLikeEpcis, readEpcis } from './epcis.js';

const received = Date.UTC(2026, 6, 25);
const read = (path: string) => readEpcis(corpusJson(`epcis/${path}`), { received });
const faultsIn = (name: string) => {
  const reading = read(`invalid/${name}.json`);
  return 'unreadable' in reading
    ? reading.unreadable.map(({ pointer, message }) => [pointer, message])
    : refusals(reading).map(([, pointer, message]) => [pointer, message]);
};
const at = (index: number, field = '') => `/epcisBody/eventList/${index}${field}`;

describeCorpus('EPCIS documents of openepcis', () => {
  it('are all recognised, and read whole', () => {
    const files = corpusFiles('epcis/documents');
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) {
      expect(looksLikeEpcis(corpusJson(`epcis/documents/${file}`))).toBe(true);
      expect([file, refusals(read(`documents/${file}`))]).toEqual([file, []]);
    }
  });

  it('that are wrong are all refused', () => {
    for (const file of corpusFiles('epcis/invalid'))
      expect([file, faultsIn(file.replace('.json', '')).length > 0]).toEqual([file, true]);
  });

  it.each([
    ['Combination_of_events_with_missing_mandatory_fields', at(0, '/action'), /is required: it must be ADD/],
    ['Combination_of_events_with_missing_mandatory_fields', at(1, '/eventTimeZoneOffset'), /is required/],
    ['Combination_of_multiple_invalid_fields', at(0, '/bizStep'), /is not standard/],
    ['Combination_of_multiple_invalid_fields', at(1, '/disposition'), /is not standard/],
    ['Combination_of_multiple_invalid_fields', at(2, '/sourceList/0/type'), /is not standard/],
    ['Combination_of_multiple_invalid_fields', at(3, '/ilmd/materialType'), /needs a namespace/],
    ['Combination_of_multiple_invalid_fields', at(4, '/action'), /must be ADD, OBSERVE or DELETE/],
    ['Combination_of_multiple_invalid_fields', at(4, '/eventTime'), /RFC 3339/],
    ['Combination_of_non_standard_bizStep_and_disposition', at(0, '/bizStep'), /is not standard/],
    ['Combination_of_non_standard_bizStep_and_disposition', at(1, '/disposition'), /is not standard/],
    ['EPCISDocument_without_context', '/@context', /is required/],
    ['ObjectEvent_with_ilmd_field_without_namespace', at(0, '/ilmd/materialType'), /needs a namespace/],
    ['ObjectEvent_with_invalid_action', at(0, '/action'), /is no action/],
    ['ObjectEvent_with_invalid_certificationInfo', at(0, '/certificationInfo'), /must be the URI of a certificate/],
    ['ObjectEvent_with_invalid_eventTime_format', at(0, '/eventTime'), /RFC 3339/],
    ['ObjectEvent_with_non_standard_bizStep', at(0, '/bizStep'), /is not standard/],
    ['ObjectEvent_with_non_standard_bizStep_in_second_event', at(1, '/bizStep'), /is not standard/],
    ['ObjectEvent_with_non_standard_disposition', at(0, '/disposition'), /is not standard.*perhaps in_transit/],
    ['ObjectEvent_with_quantity_as_text', at(0, '/quantityList/0/quantity'), /must be a number/],
    ['ObjectEvent_with_unknown_field_in_quantityList', at(0, '/quantityList/0/weight'), /is not a known field/],
    ['ObjectEvent_without_action_and_eventTime', at(0, '/action'), /is required/],
    ['ObjectEvent_without_action_and_eventTime', at(0, '/eventTime'), /is required/],
    ['ObjectEvent_without_identifier_list', at(0), /needs an identifier list/],
  ])('that are wrong say why: %s at %s', (name, pointer, why) =>
    expect(faultsIn(name)).toContainEqual([pointer, expect.stringMatching(why)]),
  );
});
