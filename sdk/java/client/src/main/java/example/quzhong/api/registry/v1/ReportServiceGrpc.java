package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Employment reports (用工情况报告), every quarter: 唐人社字〔2022〕1号 二.2.
 * A platform reports to its city. A partner firm reports for each platform it works for, to the city and to each
 * county it works in. Which reports are due when is in ListDueDates.
 *   DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
 *                         └───────▶ RETURNED
 * A submitted report never changes: SaveReport upon one begins a further version, which says in amends_version
 * what it replaces once it is submitted. What says the same as the version that is in makes none: both SaveReport
 * and SubmitReport answer that one, as it stands.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ReportServiceGrpc {

  private ReportServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.ReportService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SaveReportRequest,
      example.quzhong.api.registry.v1.SaveReportResponse> getSaveReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SaveReport",
      requestType = example.quzhong.api.registry.v1.SaveReportRequest.class,
      responseType = example.quzhong.api.registry.v1.SaveReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SaveReportRequest,
      example.quzhong.api.registry.v1.SaveReportResponse> getSaveReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SaveReportRequest, example.quzhong.api.registry.v1.SaveReportResponse> getSaveReportMethod;
    if ((getSaveReportMethod = ReportServiceGrpc.getSaveReportMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getSaveReportMethod = ReportServiceGrpc.getSaveReportMethod) == null) {
          ReportServiceGrpc.getSaveReportMethod = getSaveReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.SaveReportRequest, example.quzhong.api.registry.v1.SaveReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SaveReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.SaveReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.SaveReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("SaveReport"))
              .build();
        }
      }
    }
    return getSaveReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SubmitReportRequest,
      example.quzhong.api.registry.v1.SubmitReportResponse> getSubmitReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SubmitReport",
      requestType = example.quzhong.api.registry.v1.SubmitReportRequest.class,
      responseType = example.quzhong.api.registry.v1.SubmitReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SubmitReportRequest,
      example.quzhong.api.registry.v1.SubmitReportResponse> getSubmitReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SubmitReportRequest, example.quzhong.api.registry.v1.SubmitReportResponse> getSubmitReportMethod;
    if ((getSubmitReportMethod = ReportServiceGrpc.getSubmitReportMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getSubmitReportMethod = ReportServiceGrpc.getSubmitReportMethod) == null) {
          ReportServiceGrpc.getSubmitReportMethod = getSubmitReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.SubmitReportRequest, example.quzhong.api.registry.v1.SubmitReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SubmitReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.SubmitReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.SubmitReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("SubmitReport"))
              .build();
        }
      }
    }
    return getSubmitReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ValidateReportRequest,
      example.quzhong.api.registry.v1.ValidateReportResponse> getValidateReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ValidateReport",
      requestType = example.quzhong.api.registry.v1.ValidateReportRequest.class,
      responseType = example.quzhong.api.registry.v1.ValidateReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ValidateReportRequest,
      example.quzhong.api.registry.v1.ValidateReportResponse> getValidateReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ValidateReportRequest, example.quzhong.api.registry.v1.ValidateReportResponse> getValidateReportMethod;
    if ((getValidateReportMethod = ReportServiceGrpc.getValidateReportMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getValidateReportMethod = ReportServiceGrpc.getValidateReportMethod) == null) {
          ReportServiceGrpc.getValidateReportMethod = getValidateReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ValidateReportRequest, example.quzhong.api.registry.v1.ValidateReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ValidateReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ValidateReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ValidateReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("ValidateReport"))
              .build();
        }
      }
    }
    return getValidateReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AcknowledgeReportRequest,
      example.quzhong.api.registry.v1.AcknowledgeReportResponse> getAcknowledgeReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AcknowledgeReport",
      requestType = example.quzhong.api.registry.v1.AcknowledgeReportRequest.class,
      responseType = example.quzhong.api.registry.v1.AcknowledgeReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AcknowledgeReportRequest,
      example.quzhong.api.registry.v1.AcknowledgeReportResponse> getAcknowledgeReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AcknowledgeReportRequest, example.quzhong.api.registry.v1.AcknowledgeReportResponse> getAcknowledgeReportMethod;
    if ((getAcknowledgeReportMethod = ReportServiceGrpc.getAcknowledgeReportMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getAcknowledgeReportMethod = ReportServiceGrpc.getAcknowledgeReportMethod) == null) {
          ReportServiceGrpc.getAcknowledgeReportMethod = getAcknowledgeReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.AcknowledgeReportRequest, example.quzhong.api.registry.v1.AcknowledgeReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AcknowledgeReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AcknowledgeReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AcknowledgeReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("AcknowledgeReport"))
              .build();
        }
      }
    }
    return getAcknowledgeReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ReturnReportRequest,
      example.quzhong.api.registry.v1.ReturnReportResponse> getReturnReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReturnReport",
      requestType = example.quzhong.api.registry.v1.ReturnReportRequest.class,
      responseType = example.quzhong.api.registry.v1.ReturnReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ReturnReportRequest,
      example.quzhong.api.registry.v1.ReturnReportResponse> getReturnReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ReturnReportRequest, example.quzhong.api.registry.v1.ReturnReportResponse> getReturnReportMethod;
    if ((getReturnReportMethod = ReportServiceGrpc.getReturnReportMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getReturnReportMethod = ReportServiceGrpc.getReturnReportMethod) == null) {
          ReportServiceGrpc.getReturnReportMethod = getReturnReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ReturnReportRequest, example.quzhong.api.registry.v1.ReturnReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReturnReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ReturnReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ReturnReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("ReturnReport"))
              .build();
        }
      }
    }
    return getReturnReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetReportRequest,
      example.quzhong.api.registry.v1.GetReportResponse> getGetReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetReport",
      requestType = example.quzhong.api.registry.v1.GetReportRequest.class,
      responseType = example.quzhong.api.registry.v1.GetReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetReportRequest,
      example.quzhong.api.registry.v1.GetReportResponse> getGetReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetReportRequest, example.quzhong.api.registry.v1.GetReportResponse> getGetReportMethod;
    if ((getGetReportMethod = ReportServiceGrpc.getGetReportMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getGetReportMethod = ReportServiceGrpc.getGetReportMethod) == null) {
          ReportServiceGrpc.getGetReportMethod = getGetReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.GetReportRequest, example.quzhong.api.registry.v1.GetReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("GetReport"))
              .build();
        }
      }
    }
    return getGetReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListReportsRequest,
      example.quzhong.api.registry.v1.ListReportsResponse> getListReportsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListReports",
      requestType = example.quzhong.api.registry.v1.ListReportsRequest.class,
      responseType = example.quzhong.api.registry.v1.ListReportsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListReportsRequest,
      example.quzhong.api.registry.v1.ListReportsResponse> getListReportsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListReportsRequest, example.quzhong.api.registry.v1.ListReportsResponse> getListReportsMethod;
    if ((getListReportsMethod = ReportServiceGrpc.getListReportsMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getListReportsMethod = ReportServiceGrpc.getListReportsMethod) == null) {
          ReportServiceGrpc.getListReportsMethod = getListReportsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListReportsRequest, example.quzhong.api.registry.v1.ListReportsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListReports"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListReportsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListReportsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("ListReports"))
              .build();
        }
      }
    }
    return getListReportsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListDueDatesRequest,
      example.quzhong.api.registry.v1.ListDueDatesResponse> getListDueDatesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDueDates",
      requestType = example.quzhong.api.registry.v1.ListDueDatesRequest.class,
      responseType = example.quzhong.api.registry.v1.ListDueDatesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListDueDatesRequest,
      example.quzhong.api.registry.v1.ListDueDatesResponse> getListDueDatesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListDueDatesRequest, example.quzhong.api.registry.v1.ListDueDatesResponse> getListDueDatesMethod;
    if ((getListDueDatesMethod = ReportServiceGrpc.getListDueDatesMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getListDueDatesMethod = ReportServiceGrpc.getListDueDatesMethod) == null) {
          ReportServiceGrpc.getListDueDatesMethod = getListDueDatesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListDueDatesRequest, example.quzhong.api.registry.v1.ListDueDatesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDueDates"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListDueDatesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListDueDatesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("ListDueDates"))
              .build();
        }
      }
    }
    return getListDueDatesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetDutyFindingRequest,
      example.quzhong.api.registry.v1.GetDutyFindingResponse> getGetDutyFindingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDutyFinding",
      requestType = example.quzhong.api.registry.v1.GetDutyFindingRequest.class,
      responseType = example.quzhong.api.registry.v1.GetDutyFindingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetDutyFindingRequest,
      example.quzhong.api.registry.v1.GetDutyFindingResponse> getGetDutyFindingMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetDutyFindingRequest, example.quzhong.api.registry.v1.GetDutyFindingResponse> getGetDutyFindingMethod;
    if ((getGetDutyFindingMethod = ReportServiceGrpc.getGetDutyFindingMethod) == null) {
      synchronized (ReportServiceGrpc.class) {
        if ((getGetDutyFindingMethod = ReportServiceGrpc.getGetDutyFindingMethod) == null) {
          ReportServiceGrpc.getGetDutyFindingMethod = getGetDutyFindingMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.GetDutyFindingRequest, example.quzhong.api.registry.v1.GetDutyFindingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDutyFinding"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetDutyFindingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetDutyFindingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ReportServiceMethodDescriptorSupplier("GetDutyFinding"))
              .build();
        }
      }
    }
    return getGetDutyFindingMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ReportServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReportServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReportServiceStub>() {
        @java.lang.Override
        public ReportServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReportServiceStub(channel, callOptions);
        }
      };
    return ReportServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ReportServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReportServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReportServiceBlockingV2Stub>() {
        @java.lang.Override
        public ReportServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReportServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ReportServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ReportServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReportServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReportServiceBlockingStub>() {
        @java.lang.Override
        public ReportServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReportServiceBlockingStub(channel, callOptions);
        }
      };
    return ReportServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ReportServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ReportServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ReportServiceFutureStub>() {
        @java.lang.Override
        public ReportServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ReportServiceFutureStub(channel, callOptions);
        }
      };
    return ReportServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Employment reports (用工情况报告), every quarter: 唐人社字〔2022〕1号 二.2.
   * A platform reports to its city. A partner firm reports for each platform it works for, to the city and to each
   * county it works in. Which reports are due when is in ListDueDates.
   *   DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
   *                         └───────▶ RETURNED
   * A submitted report never changes: SaveReport upon one begins a further version, which says in amends_version
   * what it replaces once it is submitted. What says the same as the version that is in makes none: both SaveReport
   * and SubmitReport answer that one, as it stands.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Keep a draft: a new one, or over the draft there is. Anything may be missing yet.
     * </pre>
     */
    default void saveReport(example.quzhong.api.registry.v1.SaveReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SaveReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSaveReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * Hand the draft in. Refused with REPORT_HAS_ERRORS while a check stands that blocks, or one that asks for an
     * explanation and has none.
     * </pre>
     */
    default void submitReport(example.quzhong.api.registry.v1.SubmitReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SubmitReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSubmitReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * The checks of a report, nothing kept.
     * </pre>
     */
    default void validateReport(example.quzhong.api.registry.v1.ValidateReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ValidateReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getValidateReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * The receiver takes note of a submitted report.
     * </pre>
     */
    default void acknowledgeReport(example.quzhong.api.registry.v1.AcknowledgeReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AcknowledgeReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcknowledgeReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * The receiver sends a submitted report back, with the reason; it is due again.
     * </pre>
     */
    default void returnReport(example.quzhong.api.registry.v1.ReturnReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ReturnReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReturnReportMethod(), responseObserver);
    }

    /**
     */
    default void getReport(example.quzhong.api.registry.v1.GetReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reporters see their own, platforms also those of their partner firms, receivers those of their areas.
     * </pre>
     */
    default void listReports(example.quzhong.api.registry.v1.ListReportsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListReportsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListReportsMethod(), responseObserver);
    }

    /**
     */
    default void listDueDates(example.quzhong.api.registry.v1.ListDueDatesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListDueDatesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDueDatesMethod(), responseObserver);
    }

    /**
     * <pre>
     * A finding about a duty (registry.report-due and the like) as of its last revision. Seen by whoever sees whose
     * duty it is; anybody else is told that there is none.
     * </pre>
     */
    default void getDutyFinding(example.quzhong.api.registry.v1.GetDutyFindingRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetDutyFindingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDutyFindingMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ReportService.
   * <pre>
   * Employment reports (用工情况报告), every quarter: 唐人社字〔2022〕1号 二.2.
   * A platform reports to its city. A partner firm reports for each platform it works for, to the city and to each
   * county it works in. Which reports are due when is in ListDueDates.
   *   DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
   *                         └───────▶ RETURNED
   * A submitted report never changes: SaveReport upon one begins a further version, which says in amends_version
   * what it replaces once it is submitted. What says the same as the version that is in makes none: both SaveReport
   * and SubmitReport answer that one, as it stands.
   * </pre>
   */
  public static abstract class ReportServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ReportServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ReportService.
   * <pre>
   * Employment reports (用工情况报告), every quarter: 唐人社字〔2022〕1号 二.2.
   * A platform reports to its city. A partner firm reports for each platform it works for, to the city and to each
   * county it works in. Which reports are due when is in ListDueDates.
   *   DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
   *                         └───────▶ RETURNED
   * A submitted report never changes: SaveReport upon one begins a further version, which says in amends_version
   * what it replaces once it is submitted. What says the same as the version that is in makes none: both SaveReport
   * and SubmitReport answer that one, as it stands.
   * </pre>
   */
  public static final class ReportServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ReportServiceStub> {
    private ReportServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReportServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReportServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Keep a draft: a new one, or over the draft there is. Anything may be missing yet.
     * </pre>
     */
    public void saveReport(example.quzhong.api.registry.v1.SaveReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SaveReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSaveReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Hand the draft in. Refused with REPORT_HAS_ERRORS while a check stands that blocks, or one that asks for an
     * explanation and has none.
     * </pre>
     */
    public void submitReport(example.quzhong.api.registry.v1.SubmitReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SubmitReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSubmitReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The checks of a report, nothing kept.
     * </pre>
     */
    public void validateReport(example.quzhong.api.registry.v1.ValidateReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ValidateReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getValidateReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The receiver takes note of a submitted report.
     * </pre>
     */
    public void acknowledgeReport(example.quzhong.api.registry.v1.AcknowledgeReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AcknowledgeReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcknowledgeReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The receiver sends a submitted report back, with the reason; it is due again.
     * </pre>
     */
    public void returnReport(example.quzhong.api.registry.v1.ReturnReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ReturnReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReturnReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void getReport(example.quzhong.api.registry.v1.GetReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reporters see their own, platforms also those of their partner firms, receivers those of their areas.
     * </pre>
     */
    public void listReports(example.quzhong.api.registry.v1.ListReportsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListReportsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListReportsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listDueDates(example.quzhong.api.registry.v1.ListDueDatesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListDueDatesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDueDatesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A finding about a duty (registry.report-due and the like) as of its last revision. Seen by whoever sees whose
     * duty it is; anybody else is told that there is none.
     * </pre>
     */
    public void getDutyFinding(example.quzhong.api.registry.v1.GetDutyFindingRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetDutyFindingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDutyFindingMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ReportService.
   * <pre>
   * Employment reports (用工情况报告), every quarter: 唐人社字〔2022〕1号 二.2.
   * A platform reports to its city. A partner firm reports for each platform it works for, to the city and to each
   * county it works in. Which reports are due when is in ListDueDates.
   *   DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
   *                         └───────▶ RETURNED
   * A submitted report never changes: SaveReport upon one begins a further version, which says in amends_version
   * what it replaces once it is submitted. What says the same as the version that is in makes none: both SaveReport
   * and SubmitReport answer that one, as it stands.
   * </pre>
   */
  public static final class ReportServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ReportServiceBlockingV2Stub> {
    private ReportServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReportServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReportServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Keep a draft: a new one, or over the draft there is. Anything may be missing yet.
     * </pre>
     */
    public example.quzhong.api.registry.v1.SaveReportResponse saveReport(example.quzhong.api.registry.v1.SaveReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSaveReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Hand the draft in. Refused with REPORT_HAS_ERRORS while a check stands that blocks, or one that asks for an
     * explanation and has none.
     * </pre>
     */
    public example.quzhong.api.registry.v1.SubmitReportResponse submitReport(example.quzhong.api.registry.v1.SubmitReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSubmitReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The checks of a report, nothing kept.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ValidateReportResponse validateReport(example.quzhong.api.registry.v1.ValidateReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getValidateReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The receiver takes note of a submitted report.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AcknowledgeReportResponse acknowledgeReport(example.quzhong.api.registry.v1.AcknowledgeReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcknowledgeReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The receiver sends a submitted report back, with the reason; it is due again.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ReturnReportResponse returnReport(example.quzhong.api.registry.v1.ReturnReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReturnReportMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.GetReportResponse getReport(example.quzhong.api.registry.v1.GetReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reporters see their own, platforms also those of their partner firms, receivers those of their areas.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListReportsResponse listReports(example.quzhong.api.registry.v1.ListReportsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListReportsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.ListDueDatesResponse listDueDates(example.quzhong.api.registry.v1.ListDueDatesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDueDatesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A finding about a duty (registry.report-due and the like) as of its last revision. Seen by whoever sees whose
     * duty it is; anybody else is told that there is none.
     * </pre>
     */
    public example.quzhong.api.registry.v1.GetDutyFindingResponse getDutyFinding(example.quzhong.api.registry.v1.GetDutyFindingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetDutyFindingMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ReportService.
   * <pre>
   * Employment reports (用工情况报告), every quarter: 唐人社字〔2022〕1号 二.2.
   * A platform reports to its city. A partner firm reports for each platform it works for, to the city and to each
   * county it works in. Which reports are due when is in ListDueDates.
   *   DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
   *                         └───────▶ RETURNED
   * A submitted report never changes: SaveReport upon one begins a further version, which says in amends_version
   * what it replaces once it is submitted. What says the same as the version that is in makes none: both SaveReport
   * and SubmitReport answer that one, as it stands.
   * </pre>
   */
  public static final class ReportServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ReportServiceBlockingStub> {
    private ReportServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReportServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReportServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Keep a draft: a new one, or over the draft there is. Anything may be missing yet.
     * </pre>
     */
    public example.quzhong.api.registry.v1.SaveReportResponse saveReport(example.quzhong.api.registry.v1.SaveReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSaveReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Hand the draft in. Refused with REPORT_HAS_ERRORS while a check stands that blocks, or one that asks for an
     * explanation and has none.
     * </pre>
     */
    public example.quzhong.api.registry.v1.SubmitReportResponse submitReport(example.quzhong.api.registry.v1.SubmitReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSubmitReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The checks of a report, nothing kept.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ValidateReportResponse validateReport(example.quzhong.api.registry.v1.ValidateReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getValidateReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The receiver takes note of a submitted report.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AcknowledgeReportResponse acknowledgeReport(example.quzhong.api.registry.v1.AcknowledgeReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAcknowledgeReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The receiver sends a submitted report back, with the reason; it is due again.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ReturnReportResponse returnReport(example.quzhong.api.registry.v1.ReturnReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReturnReportMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.GetReportResponse getReport(example.quzhong.api.registry.v1.GetReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reporters see their own, platforms also those of their partner firms, receivers those of their areas.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListReportsResponse listReports(example.quzhong.api.registry.v1.ListReportsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListReportsMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.registry.v1.ListDueDatesResponse listDueDates(example.quzhong.api.registry.v1.ListDueDatesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDueDatesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A finding about a duty (registry.report-due and the like) as of its last revision. Seen by whoever sees whose
     * duty it is; anybody else is told that there is none.
     * </pre>
     */
    public example.quzhong.api.registry.v1.GetDutyFindingResponse getDutyFinding(example.quzhong.api.registry.v1.GetDutyFindingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDutyFindingMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ReportService.
   * <pre>
   * Employment reports (用工情况报告), every quarter: 唐人社字〔2022〕1号 二.2.
   * A platform reports to its city. A partner firm reports for each platform it works for, to the city and to each
   * county it works in. Which reports are due when is in ListDueDates.
   *   DRAFT ──submit──▶ SUBMITTED ──▶ ACKNOWLEDGED
   *                         └───────▶ RETURNED
   * A submitted report never changes: SaveReport upon one begins a further version, which says in amends_version
   * what it replaces once it is submitted. What says the same as the version that is in makes none: both SaveReport
   * and SubmitReport answer that one, as it stands.
   * </pre>
   */
  public static final class ReportServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ReportServiceFutureStub> {
    private ReportServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ReportServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ReportServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Keep a draft: a new one, or over the draft there is. Anything may be missing yet.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.SaveReportResponse> saveReport(
        example.quzhong.api.registry.v1.SaveReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSaveReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Hand the draft in. Refused with REPORT_HAS_ERRORS while a check stands that blocks, or one that asks for an
     * explanation and has none.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.SubmitReportResponse> submitReport(
        example.quzhong.api.registry.v1.SubmitReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSubmitReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The checks of a report, nothing kept.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ValidateReportResponse> validateReport(
        example.quzhong.api.registry.v1.ValidateReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getValidateReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The receiver takes note of a submitted report.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.AcknowledgeReportResponse> acknowledgeReport(
        example.quzhong.api.registry.v1.AcknowledgeReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAcknowledgeReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The receiver sends a submitted report back, with the reason; it is due again.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ReturnReportResponse> returnReport(
        example.quzhong.api.registry.v1.ReturnReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReturnReportMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.GetReportResponse> getReport(
        example.quzhong.api.registry.v1.GetReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reporters see their own, platforms also those of their partner firms, receivers those of their areas.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListReportsResponse> listReports(
        example.quzhong.api.registry.v1.ListReportsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListReportsMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListDueDatesResponse> listDueDates(
        example.quzhong.api.registry.v1.ListDueDatesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDueDatesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * A finding about a duty (registry.report-due and the like) as of its last revision. Seen by whoever sees whose
     * duty it is; anybody else is told that there is none.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.GetDutyFindingResponse> getDutyFinding(
        example.quzhong.api.registry.v1.GetDutyFindingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDutyFindingMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SAVE_REPORT = 0;
  private static final int METHODID_SUBMIT_REPORT = 1;
  private static final int METHODID_VALIDATE_REPORT = 2;
  private static final int METHODID_ACKNOWLEDGE_REPORT = 3;
  private static final int METHODID_RETURN_REPORT = 4;
  private static final int METHODID_GET_REPORT = 5;
  private static final int METHODID_LIST_REPORTS = 6;
  private static final int METHODID_LIST_DUE_DATES = 7;
  private static final int METHODID_GET_DUTY_FINDING = 8;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_SAVE_REPORT:
          serviceImpl.saveReport((example.quzhong.api.registry.v1.SaveReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SaveReportResponse>) responseObserver);
          break;
        case METHODID_SUBMIT_REPORT:
          serviceImpl.submitReport((example.quzhong.api.registry.v1.SubmitReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SubmitReportResponse>) responseObserver);
          break;
        case METHODID_VALIDATE_REPORT:
          serviceImpl.validateReport((example.quzhong.api.registry.v1.ValidateReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ValidateReportResponse>) responseObserver);
          break;
        case METHODID_ACKNOWLEDGE_REPORT:
          serviceImpl.acknowledgeReport((example.quzhong.api.registry.v1.AcknowledgeReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AcknowledgeReportResponse>) responseObserver);
          break;
        case METHODID_RETURN_REPORT:
          serviceImpl.returnReport((example.quzhong.api.registry.v1.ReturnReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ReturnReportResponse>) responseObserver);
          break;
        case METHODID_GET_REPORT:
          serviceImpl.getReport((example.quzhong.api.registry.v1.GetReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetReportResponse>) responseObserver);
          break;
        case METHODID_LIST_REPORTS:
          serviceImpl.listReports((example.quzhong.api.registry.v1.ListReportsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListReportsResponse>) responseObserver);
          break;
        case METHODID_LIST_DUE_DATES:
          serviceImpl.listDueDates((example.quzhong.api.registry.v1.ListDueDatesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListDueDatesResponse>) responseObserver);
          break;
        case METHODID_GET_DUTY_FINDING:
          serviceImpl.getDutyFinding((example.quzhong.api.registry.v1.GetDutyFindingRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetDutyFindingResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getSaveReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.SaveReportRequest,
              example.quzhong.api.registry.v1.SaveReportResponse>(
                service, METHODID_SAVE_REPORT)))
        .addMethod(
          getSubmitReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.SubmitReportRequest,
              example.quzhong.api.registry.v1.SubmitReportResponse>(
                service, METHODID_SUBMIT_REPORT)))
        .addMethod(
          getValidateReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ValidateReportRequest,
              example.quzhong.api.registry.v1.ValidateReportResponse>(
                service, METHODID_VALIDATE_REPORT)))
        .addMethod(
          getAcknowledgeReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.AcknowledgeReportRequest,
              example.quzhong.api.registry.v1.AcknowledgeReportResponse>(
                service, METHODID_ACKNOWLEDGE_REPORT)))
        .addMethod(
          getReturnReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ReturnReportRequest,
              example.quzhong.api.registry.v1.ReturnReportResponse>(
                service, METHODID_RETURN_REPORT)))
        .addMethod(
          getGetReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.GetReportRequest,
              example.quzhong.api.registry.v1.GetReportResponse>(
                service, METHODID_GET_REPORT)))
        .addMethod(
          getListReportsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListReportsRequest,
              example.quzhong.api.registry.v1.ListReportsResponse>(
                service, METHODID_LIST_REPORTS)))
        .addMethod(
          getListDueDatesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListDueDatesRequest,
              example.quzhong.api.registry.v1.ListDueDatesResponse>(
                service, METHODID_LIST_DUE_DATES)))
        .addMethod(
          getGetDutyFindingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.GetDutyFindingRequest,
              example.quzhong.api.registry.v1.GetDutyFindingResponse>(
                service, METHODID_GET_DUTY_FINDING)))
        .build();
  }

  private static abstract class ReportServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ReportServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.ReportsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ReportService");
    }
  }

  private static final class ReportServiceFileDescriptorSupplier
      extends ReportServiceBaseDescriptorSupplier {
    ReportServiceFileDescriptorSupplier() {}
  }

  private static final class ReportServiceMethodDescriptorSupplier
      extends ReportServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ReportServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (ReportServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ReportServiceFileDescriptorSupplier())
              .addMethod(getSaveReportMethod())
              .addMethod(getSubmitReportMethod())
              .addMethod(getValidateReportMethod())
              .addMethod(getAcknowledgeReportMethod())
              .addMethod(getReturnReportMethod())
              .addMethod(getGetReportMethod())
              .addMethod(getListReportsMethod())
              .addMethod(getListDueDatesMethod())
              .addMethod(getGetDutyFindingMethod())
              .build();
        }
      }
    }
    return result;
  }
}
