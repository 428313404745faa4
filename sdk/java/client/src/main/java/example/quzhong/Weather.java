package example.quzhong;

/** At the time of the order; values as in the contract. */
public enum Weather {
  NORMAL(example.quzhong.api.events.v1.Weather.WEATHER_NORMAL),
  RAIN(example.quzhong.api.events.v1.Weather.WEATHER_RAIN),
  SNOW(example.quzhong.api.events.v1.Weather.WEATHER_SNOW),
  /** Heat, cold, wind or rain for which a warning of the weather service was in force. */
  EXTREME(example.quzhong.api.events.v1.Weather.WEATHER_EXTREME);

  final example.quzhong.api.events.v1.Weather wire;

  Weather(example.quzhong.api.events.v1.Weather wire) {
    this.wire = wire;
  }
}
