/** Code lists of the GS1 Core Business Vocabulary 2.0 that EPCIS 2.0 writes as bare words. */
const words = (text: string): readonly string[] => text.split(/\s+/);

export const bizSteps = words(
  `accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning
  departing destroying disassembling dispensing encoding entering_exiting holding inspecting installing killing loading other
  packing picking receiving removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting
  shipping staging_outbound stock_taking stocking storing transporting unloading unpacking void_shipping`,
);

export const dispositions = words(
  `active available completeness_inferred completeness_verified conformant container_closed container_open damaged destroyed
  dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity
  needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold
  returned sellable_accessible sellable_not_accessible stolen unavailable unknown`,
);

export const transactionTypes = words('bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt');
export const partyTypes = words('location owning_party possessing_party');
export const errorReasons = words('did_not_occur incorrect_data');
export const actions = ['ADD', 'OBSERVE', 'DELETE'] as const;

/** The bare word of a term of the vocabulary, however it is written: bare, as a CURIE, as a URN, or as a web address. */
export const bareWord = (term: string | undefined): string | undefined =>
  term?.replace(
    /^(?:https?:\/\/ref\.gs1\.org\/cbv\/|cbv:)(?:BizStep|Disp|BTT|SDT|ER)-|^urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):/,
    '',
  );
