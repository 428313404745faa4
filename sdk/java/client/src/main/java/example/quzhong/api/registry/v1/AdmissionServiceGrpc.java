package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Which platforms may send live events. A platform is registered into the sandbox, proves its integration with the
 * conformance kit (quzhong conformance), and is admitted by the kit's report, or by a named official's decision.
 * Until then intake refuses its events: FAILED_PRECONDITION, PLATFORM_NOT_ADMITTED.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AdmissionServiceGrpc {

  private AdmissionServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.AdmissionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SubmitConformanceReportRequest,
      example.quzhong.api.registry.v1.SubmitConformanceReportResponse> getSubmitConformanceReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SubmitConformanceReport",
      requestType = example.quzhong.api.registry.v1.SubmitConformanceReportRequest.class,
      responseType = example.quzhong.api.registry.v1.SubmitConformanceReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SubmitConformanceReportRequest,
      example.quzhong.api.registry.v1.SubmitConformanceReportResponse> getSubmitConformanceReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.SubmitConformanceReportRequest, example.quzhong.api.registry.v1.SubmitConformanceReportResponse> getSubmitConformanceReportMethod;
    if ((getSubmitConformanceReportMethod = AdmissionServiceGrpc.getSubmitConformanceReportMethod) == null) {
      synchronized (AdmissionServiceGrpc.class) {
        if ((getSubmitConformanceReportMethod = AdmissionServiceGrpc.getSubmitConformanceReportMethod) == null) {
          AdmissionServiceGrpc.getSubmitConformanceReportMethod = getSubmitConformanceReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.SubmitConformanceReportRequest, example.quzhong.api.registry.v1.SubmitConformanceReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SubmitConformanceReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.SubmitConformanceReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.SubmitConformanceReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdmissionServiceMethodDescriptorSupplier("SubmitConformanceReport"))
              .build();
        }
      }
    }
    return getSubmitConformanceReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AdmitPlatformRequest,
      example.quzhong.api.registry.v1.AdmitPlatformResponse> getAdmitPlatformMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AdmitPlatform",
      requestType = example.quzhong.api.registry.v1.AdmitPlatformRequest.class,
      responseType = example.quzhong.api.registry.v1.AdmitPlatformResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AdmitPlatformRequest,
      example.quzhong.api.registry.v1.AdmitPlatformResponse> getAdmitPlatformMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.AdmitPlatformRequest, example.quzhong.api.registry.v1.AdmitPlatformResponse> getAdmitPlatformMethod;
    if ((getAdmitPlatformMethod = AdmissionServiceGrpc.getAdmitPlatformMethod) == null) {
      synchronized (AdmissionServiceGrpc.class) {
        if ((getAdmitPlatformMethod = AdmissionServiceGrpc.getAdmitPlatformMethod) == null) {
          AdmissionServiceGrpc.getAdmitPlatformMethod = getAdmitPlatformMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.AdmitPlatformRequest, example.quzhong.api.registry.v1.AdmitPlatformResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AdmitPlatform"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AdmitPlatformRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.AdmitPlatformResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdmissionServiceMethodDescriptorSupplier("AdmitPlatform"))
              .build();
        }
      }
    }
    return getAdmitPlatformMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetAdmissionRequest,
      example.quzhong.api.registry.v1.GetAdmissionResponse> getGetAdmissionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAdmission",
      requestType = example.quzhong.api.registry.v1.GetAdmissionRequest.class,
      responseType = example.quzhong.api.registry.v1.GetAdmissionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetAdmissionRequest,
      example.quzhong.api.registry.v1.GetAdmissionResponse> getGetAdmissionMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.GetAdmissionRequest, example.quzhong.api.registry.v1.GetAdmissionResponse> getGetAdmissionMethod;
    if ((getGetAdmissionMethod = AdmissionServiceGrpc.getGetAdmissionMethod) == null) {
      synchronized (AdmissionServiceGrpc.class) {
        if ((getGetAdmissionMethod = AdmissionServiceGrpc.getGetAdmissionMethod) == null) {
          AdmissionServiceGrpc.getGetAdmissionMethod = getGetAdmissionMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.GetAdmissionRequest, example.quzhong.api.registry.v1.GetAdmissionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAdmission"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetAdmissionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.GetAdmissionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdmissionServiceMethodDescriptorSupplier("GetAdmission"))
              .build();
        }
      }
    }
    return getGetAdmissionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAdmissionsRequest,
      example.quzhong.api.registry.v1.ListAdmissionsResponse> getListAdmissionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAdmissions",
      requestType = example.quzhong.api.registry.v1.ListAdmissionsRequest.class,
      responseType = example.quzhong.api.registry.v1.ListAdmissionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAdmissionsRequest,
      example.quzhong.api.registry.v1.ListAdmissionsResponse> getListAdmissionsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListAdmissionsRequest, example.quzhong.api.registry.v1.ListAdmissionsResponse> getListAdmissionsMethod;
    if ((getListAdmissionsMethod = AdmissionServiceGrpc.getListAdmissionsMethod) == null) {
      synchronized (AdmissionServiceGrpc.class) {
        if ((getListAdmissionsMethod = AdmissionServiceGrpc.getListAdmissionsMethod) == null) {
          AdmissionServiceGrpc.getListAdmissionsMethod = getListAdmissionsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListAdmissionsRequest, example.quzhong.api.registry.v1.ListAdmissionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAdmissions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListAdmissionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListAdmissionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AdmissionServiceMethodDescriptorSupplier("ListAdmissions"))
              .build();
        }
      }
    }
    return getListAdmissionsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AdmissionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceStub>() {
        @java.lang.Override
        public AdmissionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdmissionServiceStub(channel, callOptions);
        }
      };
    return AdmissionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AdmissionServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceBlockingV2Stub>() {
        @java.lang.Override
        public AdmissionServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdmissionServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AdmissionServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AdmissionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceBlockingStub>() {
        @java.lang.Override
        public AdmissionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdmissionServiceBlockingStub(channel, callOptions);
        }
      };
    return AdmissionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AdmissionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AdmissionServiceFutureStub>() {
        @java.lang.Override
        public AdmissionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AdmissionServiceFutureStub(channel, callOptions);
        }
      };
    return AdmissionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Which platforms may send live events. A platform is registered into the sandbox, proves its integration with the
   * conformance kit (quzhong conformance), and is admitted by the kit's report, or by a named official's decision.
   * Until then intake refuses its events: FAILED_PRECONDITION, PLATFORM_NOT_ADMITTED.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Hand in the kit's report. One that is signed by a key the registry trusts and passes every scenario admits.
     * </pre>
     */
    default void submitConformanceReport(example.quzhong.api.registry.v1.SubmitConformanceReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SubmitConformanceReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSubmitConformanceReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * Admit a platform without a report: an official of its areas, or the administrator, with the reason.
     * </pre>
     */
    default void admitPlatform(example.quzhong.api.registry.v1.AdmitPlatformRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AdmitPlatformResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAdmitPlatformMethod(), responseObserver);
    }

    /**
     * <pre>
     * Whether a platform is admitted, since when, by whom and on what ground.
     * </pre>
     */
    default void getAdmission(example.quzhong.api.registry.v1.GetAdmissionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetAdmissionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAdmissionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Of all platforms the caller sees.
     * </pre>
     */
    default void listAdmissions(example.quzhong.api.registry.v1.ListAdmissionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAdmissionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAdmissionsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AdmissionService.
   * <pre>
   * Which platforms may send live events. A platform is registered into the sandbox, proves its integration with the
   * conformance kit (quzhong conformance), and is admitted by the kit's report, or by a named official's decision.
   * Until then intake refuses its events: FAILED_PRECONDITION, PLATFORM_NOT_ADMITTED.
   * </pre>
   */
  public static abstract class AdmissionServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AdmissionServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AdmissionService.
   * <pre>
   * Which platforms may send live events. A platform is registered into the sandbox, proves its integration with the
   * conformance kit (quzhong conformance), and is admitted by the kit's report, or by a named official's decision.
   * Until then intake refuses its events: FAILED_PRECONDITION, PLATFORM_NOT_ADMITTED.
   * </pre>
   */
  public static final class AdmissionServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AdmissionServiceStub> {
    private AdmissionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdmissionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdmissionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Hand in the kit's report. One that is signed by a key the registry trusts and passes every scenario admits.
     * </pre>
     */
    public void submitConformanceReport(example.quzhong.api.registry.v1.SubmitConformanceReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SubmitConformanceReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSubmitConformanceReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Admit a platform without a report: an official of its areas, or the administrator, with the reason.
     * </pre>
     */
    public void admitPlatform(example.quzhong.api.registry.v1.AdmitPlatformRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AdmitPlatformResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAdmitPlatformMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Whether a platform is admitted, since when, by whom and on what ground.
     * </pre>
     */
    public void getAdmission(example.quzhong.api.registry.v1.GetAdmissionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetAdmissionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAdmissionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Of all platforms the caller sees.
     * </pre>
     */
    public void listAdmissions(example.quzhong.api.registry.v1.ListAdmissionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAdmissionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAdmissionsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AdmissionService.
   * <pre>
   * Which platforms may send live events. A platform is registered into the sandbox, proves its integration with the
   * conformance kit (quzhong conformance), and is admitted by the kit's report, or by a named official's decision.
   * Until then intake refuses its events: FAILED_PRECONDITION, PLATFORM_NOT_ADMITTED.
   * </pre>
   */
  public static final class AdmissionServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AdmissionServiceBlockingV2Stub> {
    private AdmissionServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdmissionServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdmissionServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Hand in the kit's report. One that is signed by a key the registry trusts and passes every scenario admits.
     * </pre>
     */
    public example.quzhong.api.registry.v1.SubmitConformanceReportResponse submitConformanceReport(example.quzhong.api.registry.v1.SubmitConformanceReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSubmitConformanceReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Admit a platform without a report: an official of its areas, or the administrator, with the reason.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AdmitPlatformResponse admitPlatform(example.quzhong.api.registry.v1.AdmitPlatformRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAdmitPlatformMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Whether a platform is admitted, since when, by whom and on what ground.
     * </pre>
     */
    public example.quzhong.api.registry.v1.GetAdmissionResponse getAdmission(example.quzhong.api.registry.v1.GetAdmissionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAdmissionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Of all platforms the caller sees.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListAdmissionsResponse listAdmissions(example.quzhong.api.registry.v1.ListAdmissionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAdmissionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AdmissionService.
   * <pre>
   * Which platforms may send live events. A platform is registered into the sandbox, proves its integration with the
   * conformance kit (quzhong conformance), and is admitted by the kit's report, or by a named official's decision.
   * Until then intake refuses its events: FAILED_PRECONDITION, PLATFORM_NOT_ADMITTED.
   * </pre>
   */
  public static final class AdmissionServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AdmissionServiceBlockingStub> {
    private AdmissionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdmissionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdmissionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Hand in the kit's report. One that is signed by a key the registry trusts and passes every scenario admits.
     * </pre>
     */
    public example.quzhong.api.registry.v1.SubmitConformanceReportResponse submitConformanceReport(example.quzhong.api.registry.v1.SubmitConformanceReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSubmitConformanceReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Admit a platform without a report: an official of its areas, or the administrator, with the reason.
     * </pre>
     */
    public example.quzhong.api.registry.v1.AdmitPlatformResponse admitPlatform(example.quzhong.api.registry.v1.AdmitPlatformRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAdmitPlatformMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Whether a platform is admitted, since when, by whom and on what ground.
     * </pre>
     */
    public example.quzhong.api.registry.v1.GetAdmissionResponse getAdmission(example.quzhong.api.registry.v1.GetAdmissionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAdmissionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Of all platforms the caller sees.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListAdmissionsResponse listAdmissions(example.quzhong.api.registry.v1.ListAdmissionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAdmissionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AdmissionService.
   * <pre>
   * Which platforms may send live events. A platform is registered into the sandbox, proves its integration with the
   * conformance kit (quzhong conformance), and is admitted by the kit's report, or by a named official's decision.
   * Until then intake refuses its events: FAILED_PRECONDITION, PLATFORM_NOT_ADMITTED.
   * </pre>
   */
  public static final class AdmissionServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AdmissionServiceFutureStub> {
    private AdmissionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AdmissionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AdmissionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Hand in the kit's report. One that is signed by a key the registry trusts and passes every scenario admits.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.SubmitConformanceReportResponse> submitConformanceReport(
        example.quzhong.api.registry.v1.SubmitConformanceReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSubmitConformanceReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Admit a platform without a report: an official of its areas, or the administrator, with the reason.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.AdmitPlatformResponse> admitPlatform(
        example.quzhong.api.registry.v1.AdmitPlatformRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAdmitPlatformMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Whether a platform is admitted, since when, by whom and on what ground.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.GetAdmissionResponse> getAdmission(
        example.quzhong.api.registry.v1.GetAdmissionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAdmissionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Of all platforms the caller sees.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListAdmissionsResponse> listAdmissions(
        example.quzhong.api.registry.v1.ListAdmissionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAdmissionsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SUBMIT_CONFORMANCE_REPORT = 0;
  private static final int METHODID_ADMIT_PLATFORM = 1;
  private static final int METHODID_GET_ADMISSION = 2;
  private static final int METHODID_LIST_ADMISSIONS = 3;

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
        case METHODID_SUBMIT_CONFORMANCE_REPORT:
          serviceImpl.submitConformanceReport((example.quzhong.api.registry.v1.SubmitConformanceReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.SubmitConformanceReportResponse>) responseObserver);
          break;
        case METHODID_ADMIT_PLATFORM:
          serviceImpl.admitPlatform((example.quzhong.api.registry.v1.AdmitPlatformRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.AdmitPlatformResponse>) responseObserver);
          break;
        case METHODID_GET_ADMISSION:
          serviceImpl.getAdmission((example.quzhong.api.registry.v1.GetAdmissionRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.GetAdmissionResponse>) responseObserver);
          break;
        case METHODID_LIST_ADMISSIONS:
          serviceImpl.listAdmissions((example.quzhong.api.registry.v1.ListAdmissionsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListAdmissionsResponse>) responseObserver);
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
          getSubmitConformanceReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.SubmitConformanceReportRequest,
              example.quzhong.api.registry.v1.SubmitConformanceReportResponse>(
                service, METHODID_SUBMIT_CONFORMANCE_REPORT)))
        .addMethod(
          getAdmitPlatformMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.AdmitPlatformRequest,
              example.quzhong.api.registry.v1.AdmitPlatformResponse>(
                service, METHODID_ADMIT_PLATFORM)))
        .addMethod(
          getGetAdmissionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.GetAdmissionRequest,
              example.quzhong.api.registry.v1.GetAdmissionResponse>(
                service, METHODID_GET_ADMISSION)))
        .addMethod(
          getListAdmissionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListAdmissionsRequest,
              example.quzhong.api.registry.v1.ListAdmissionsResponse>(
                service, METHODID_LIST_ADMISSIONS)))
        .build();
  }

  private static abstract class AdmissionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AdmissionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.AdmissionProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AdmissionService");
    }
  }

  private static final class AdmissionServiceFileDescriptorSupplier
      extends AdmissionServiceBaseDescriptorSupplier {
    AdmissionServiceFileDescriptorSupplier() {}
  }

  private static final class AdmissionServiceMethodDescriptorSupplier
      extends AdmissionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AdmissionServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AdmissionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AdmissionServiceFileDescriptorSupplier())
              .addMethod(getSubmitConformanceReportMethod())
              .addMethod(getAdmitPlatformMethod())
              .addMethod(getGetAdmissionMethod())
              .addMethod(getListAdmissionsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
