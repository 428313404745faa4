package example.quzhong;

/** How the worker is engaged; values as in the contract. */
public enum EmploymentForm {
  /** In a labour relation (建立劳动关系). */
  LABOUR_RELATION(example.quzhong.api.events.v1.EmploymentForm.EMPLOYMENT_FORM_LABOUR_RELATION),
  /** Not fully a labour relation (不完全符合确立劳动关系情形). */
  NOT_FULLY_LABOUR_RELATION(
      example.quzhong.api.events.v1.EmploymentForm.EMPLOYMENT_FORM_NOT_FULLY_LABOUR_RELATION),
  /** Self-employed (自主经营). */
  SELF_EMPLOYED(example.quzhong.api.events.v1.EmploymentForm.EMPLOYMENT_FORM_SELF_EMPLOYED);

  final example.quzhong.api.events.v1.EmploymentForm wire;

  EmploymentForm(example.quzhong.api.events.v1.EmploymentForm wire) {
    this.wire = wire;
  }
}
