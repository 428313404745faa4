package example.quzhong;

/** How long the worker has been with the platform; values as in the contract. */
public enum TenureBand {
  UNDER_3_MONTHS(example.quzhong.api.events.v1.TenureBand.TENURE_BAND_UNDER_3_MONTHS),
  FROM_3_TO_12_MONTHS(example.quzhong.api.events.v1.TenureBand.TENURE_BAND_3_TO_12_MONTHS),
  FROM_1_TO_3_YEARS(example.quzhong.api.events.v1.TenureBand.TENURE_BAND_1_TO_3_YEARS),
  OVER_3_YEARS(example.quzhong.api.events.v1.TenureBand.TENURE_BAND_OVER_3_YEARS);

  final example.quzhong.api.events.v1.TenureBand wire;

  TenureBand(example.quzhong.api.events.v1.TenureBand wire) {
    this.wire = wire;
  }
}
