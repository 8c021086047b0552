/** Sentences of each message that is read, with tag block, suffix and receiver's line, one of several parts among them. */
export const aisSamples: readonly string[] = [
  `\\s:station,c:1735689600*47\\!AIVDM,1,1,,B,177KQJ5000G?tO\`K>RA1wUbN0TKH,0*5C
$PGHP,1,2026,3,2,7,46,11,390,231,45,992190934,1,2B*5B
!AIVDM,1,1,,B,177KQJ5000G?tO\`K>RA1wUbN0TKH,0*5C,1735689601
!AIVDM,1,1,,A,33nr7t001f13KNTOahh2@QpF00vh,0*58
!AIVDM,1,1,,B,402=481uaUcf;OQ55JS9ITi025Jp,0*2B
`,
  `!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C
!AIVDM,2,2,1,A,88888888880,2*25
!BSVDO,1,1,,B,33nr7t001f13KNTOahh2@QpF00vh,0*40
`,
];
