package example.quzhong.api.notify.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * What came of it over a month or a quarter (唐人社字〔2022〕1号 三.3), with nobody identifiable.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class PeriodReportServiceGrpc {

  private PeriodReportServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.notify.v1.PeriodReportService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetPeriodReportRequest,
      example.quzhong.api.notify.v1.GetPeriodReportResponse> getGetPeriodReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPeriodReport",
      requestType = example.quzhong.api.notify.v1.GetPeriodReportRequest.class,
      responseType = example.quzhong.api.notify.v1.GetPeriodReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetPeriodReportRequest,
      example.quzhong.api.notify.v1.GetPeriodReportResponse> getGetPeriodReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetPeriodReportRequest, example.quzhong.api.notify.v1.GetPeriodReportResponse> getGetPeriodReportMethod;
    if ((getGetPeriodReportMethod = PeriodReportServiceGrpc.getGetPeriodReportMethod) == null) {
      synchronized (PeriodReportServiceGrpc.class) {
        if ((getGetPeriodReportMethod = PeriodReportServiceGrpc.getGetPeriodReportMethod) == null) {
          PeriodReportServiceGrpc.getGetPeriodReportMethod = getGetPeriodReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.GetPeriodReportRequest, example.quzhong.api.notify.v1.GetPeriodReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPeriodReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetPeriodReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetPeriodReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PeriodReportServiceMethodDescriptorSupplier("GetPeriodReport"))
              .build();
        }
      }
    }
    return getGetPeriodReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RenderPeriodReportRequest,
      example.quzhong.api.notify.v1.RenderPeriodReportResponse> getRenderPeriodReportMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RenderPeriodReport",
      requestType = example.quzhong.api.notify.v1.RenderPeriodReportRequest.class,
      responseType = example.quzhong.api.notify.v1.RenderPeriodReportResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RenderPeriodReportRequest,
      example.quzhong.api.notify.v1.RenderPeriodReportResponse> getRenderPeriodReportMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RenderPeriodReportRequest, example.quzhong.api.notify.v1.RenderPeriodReportResponse> getRenderPeriodReportMethod;
    if ((getRenderPeriodReportMethod = PeriodReportServiceGrpc.getRenderPeriodReportMethod) == null) {
      synchronized (PeriodReportServiceGrpc.class) {
        if ((getRenderPeriodReportMethod = PeriodReportServiceGrpc.getRenderPeriodReportMethod) == null) {
          PeriodReportServiceGrpc.getRenderPeriodReportMethod = getRenderPeriodReportMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.RenderPeriodReportRequest, example.quzhong.api.notify.v1.RenderPeriodReportResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RenderPeriodReport"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RenderPeriodReportRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RenderPeriodReportResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PeriodReportServiceMethodDescriptorSupplier("RenderPeriodReport"))
              .build();
        }
      }
    }
    return getRenderPeriodReportMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListGoodConductRequest,
      example.quzhong.api.notify.v1.ListGoodConductResponse> getListGoodConductMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListGoodConduct",
      requestType = example.quzhong.api.notify.v1.ListGoodConductRequest.class,
      responseType = example.quzhong.api.notify.v1.ListGoodConductResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListGoodConductRequest,
      example.quzhong.api.notify.v1.ListGoodConductResponse> getListGoodConductMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListGoodConductRequest, example.quzhong.api.notify.v1.ListGoodConductResponse> getListGoodConductMethod;
    if ((getListGoodConductMethod = PeriodReportServiceGrpc.getListGoodConductMethod) == null) {
      synchronized (PeriodReportServiceGrpc.class) {
        if ((getListGoodConductMethod = PeriodReportServiceGrpc.getListGoodConductMethod) == null) {
          PeriodReportServiceGrpc.getListGoodConductMethod = getListGoodConductMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListGoodConductRequest, example.quzhong.api.notify.v1.ListGoodConductResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListGoodConduct"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListGoodConductRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListGoodConductResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PeriodReportServiceMethodDescriptorSupplier("ListGoodConduct"))
              .build();
        }
      }
    }
    return getListGoodConductMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CommendPlatformRequest,
      example.quzhong.api.notify.v1.CommendPlatformResponse> getCommendPlatformMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CommendPlatform",
      requestType = example.quzhong.api.notify.v1.CommendPlatformRequest.class,
      responseType = example.quzhong.api.notify.v1.CommendPlatformResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CommendPlatformRequest,
      example.quzhong.api.notify.v1.CommendPlatformResponse> getCommendPlatformMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CommendPlatformRequest, example.quzhong.api.notify.v1.CommendPlatformResponse> getCommendPlatformMethod;
    if ((getCommendPlatformMethod = PeriodReportServiceGrpc.getCommendPlatformMethod) == null) {
      synchronized (PeriodReportServiceGrpc.class) {
        if ((getCommendPlatformMethod = PeriodReportServiceGrpc.getCommendPlatformMethod) == null) {
          PeriodReportServiceGrpc.getCommendPlatformMethod = getCommendPlatformMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.CommendPlatformRequest, example.quzhong.api.notify.v1.CommendPlatformResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CommendPlatform"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CommendPlatformRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CommendPlatformResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PeriodReportServiceMethodDescriptorSupplier("CommendPlatform"))
              .build();
        }
      }
    }
    return getCommendPlatformMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetAreaFiguresRequest,
      example.quzhong.api.notify.v1.GetAreaFiguresResponse> getGetAreaFiguresMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAreaFigures",
      requestType = example.quzhong.api.notify.v1.GetAreaFiguresRequest.class,
      responseType = example.quzhong.api.notify.v1.GetAreaFiguresResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetAreaFiguresRequest,
      example.quzhong.api.notify.v1.GetAreaFiguresResponse> getGetAreaFiguresMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetAreaFiguresRequest, example.quzhong.api.notify.v1.GetAreaFiguresResponse> getGetAreaFiguresMethod;
    if ((getGetAreaFiguresMethod = PeriodReportServiceGrpc.getGetAreaFiguresMethod) == null) {
      synchronized (PeriodReportServiceGrpc.class) {
        if ((getGetAreaFiguresMethod = PeriodReportServiceGrpc.getGetAreaFiguresMethod) == null) {
          PeriodReportServiceGrpc.getGetAreaFiguresMethod = getGetAreaFiguresMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.GetAreaFiguresRequest, example.quzhong.api.notify.v1.GetAreaFiguresResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAreaFigures"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetAreaFiguresRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetAreaFiguresResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PeriodReportServiceMethodDescriptorSupplier("GetAreaFigures"))
              .build();
        }
      }
    }
    return getGetAreaFiguresMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static PeriodReportServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceStub>() {
        @java.lang.Override
        public PeriodReportServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PeriodReportServiceStub(channel, callOptions);
        }
      };
    return PeriodReportServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static PeriodReportServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceBlockingV2Stub>() {
        @java.lang.Override
        public PeriodReportServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PeriodReportServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return PeriodReportServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static PeriodReportServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceBlockingStub>() {
        @java.lang.Override
        public PeriodReportServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PeriodReportServiceBlockingStub(channel, callOptions);
        }
      };
    return PeriodReportServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static PeriodReportServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PeriodReportServiceFutureStub>() {
        @java.lang.Override
        public PeriodReportServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PeriodReportServiceFutureStub(channel, callOptions);
        }
      };
    return PeriodReportServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * What came of it over a month or a quarter (唐人社字〔2022〕1号 三.3), with nobody identifiable.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Figures by area, platform and rule.
     * </pre>
     */
    default void getPeriodReport(example.quzhong.api.notify.v1.GetPeriodReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetPeriodReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPeriodReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * The report as a document.
     * </pre>
     */
    default void renderPeriodReport(example.quzhong.api.notify.v1.RenderPeriodReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RenderPeriodReportResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRenderPeriodReportMethod(), responseObserver);
    }

    /**
     * <pre>
     * Platforms without a warning over the period, by the policy's standard of good conduct (联合激励).
     * </pre>
     */
    default void listGoodConduct(example.quzhong.api.notify.v1.ListGoodConductRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListGoodConductResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListGoodConductMethod(), responseObserver);
    }

    /**
     * <pre>
     * Commend a platform of the list (表扬通报), by a named official.
     * </pre>
     */
    default void commendPlatform(example.quzhong.api.notify.v1.CommendPlatformRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CommendPlatformResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCommendPlatformMethod(), responseObserver);
    }

    /**
     * <pre>
     * Where it stands, area by area: what seven days brought, and the cases in hand. For supervision alone: a window
     * that moves on by a day tells of single workers to whoever subtracts.
     * </pre>
     */
    default void getAreaFigures(example.quzhong.api.notify.v1.GetAreaFiguresRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetAreaFiguresResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAreaFiguresMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service PeriodReportService.
   * <pre>
   * What came of it over a month or a quarter (唐人社字〔2022〕1号 三.3), with nobody identifiable.
   * </pre>
   */
  public static abstract class PeriodReportServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return PeriodReportServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service PeriodReportService.
   * <pre>
   * What came of it over a month or a quarter (唐人社字〔2022〕1号 三.3), with nobody identifiable.
   * </pre>
   */
  public static final class PeriodReportServiceStub
      extends io.grpc.stub.AbstractAsyncStub<PeriodReportServiceStub> {
    private PeriodReportServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PeriodReportServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PeriodReportServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Figures by area, platform and rule.
     * </pre>
     */
    public void getPeriodReport(example.quzhong.api.notify.v1.GetPeriodReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetPeriodReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPeriodReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The report as a document.
     * </pre>
     */
    public void renderPeriodReport(example.quzhong.api.notify.v1.RenderPeriodReportRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RenderPeriodReportResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRenderPeriodReportMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Platforms without a warning over the period, by the policy's standard of good conduct (联合激励).
     * </pre>
     */
    public void listGoodConduct(example.quzhong.api.notify.v1.ListGoodConductRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListGoodConductResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListGoodConductMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Commend a platform of the list (表扬通报), by a named official.
     * </pre>
     */
    public void commendPlatform(example.quzhong.api.notify.v1.CommendPlatformRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CommendPlatformResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCommendPlatformMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Where it stands, area by area: what seven days brought, and the cases in hand. For supervision alone: a window
     * that moves on by a day tells of single workers to whoever subtracts.
     * </pre>
     */
    public void getAreaFigures(example.quzhong.api.notify.v1.GetAreaFiguresRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetAreaFiguresResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAreaFiguresMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service PeriodReportService.
   * <pre>
   * What came of it over a month or a quarter (唐人社字〔2022〕1号 三.3), with nobody identifiable.
   * </pre>
   */
  public static final class PeriodReportServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<PeriodReportServiceBlockingV2Stub> {
    private PeriodReportServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PeriodReportServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PeriodReportServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Figures by area, platform and rule.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetPeriodReportResponse getPeriodReport(example.quzhong.api.notify.v1.GetPeriodReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetPeriodReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The report as a document.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RenderPeriodReportResponse renderPeriodReport(example.quzhong.api.notify.v1.RenderPeriodReportRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRenderPeriodReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Platforms without a warning over the period, by the policy's standard of good conduct (联合激励).
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListGoodConductResponse listGoodConduct(example.quzhong.api.notify.v1.ListGoodConductRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListGoodConductMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Commend a platform of the list (表扬通报), by a named official.
     * </pre>
     */
    public example.quzhong.api.notify.v1.CommendPlatformResponse commendPlatform(example.quzhong.api.notify.v1.CommendPlatformRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCommendPlatformMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Where it stands, area by area: what seven days brought, and the cases in hand. For supervision alone: a window
     * that moves on by a day tells of single workers to whoever subtracts.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetAreaFiguresResponse getAreaFigures(example.quzhong.api.notify.v1.GetAreaFiguresRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAreaFiguresMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service PeriodReportService.
   * <pre>
   * What came of it over a month or a quarter (唐人社字〔2022〕1号 三.3), with nobody identifiable.
   * </pre>
   */
  public static final class PeriodReportServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<PeriodReportServiceBlockingStub> {
    private PeriodReportServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PeriodReportServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PeriodReportServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Figures by area, platform and rule.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetPeriodReportResponse getPeriodReport(example.quzhong.api.notify.v1.GetPeriodReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPeriodReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The report as a document.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RenderPeriodReportResponse renderPeriodReport(example.quzhong.api.notify.v1.RenderPeriodReportRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRenderPeriodReportMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Platforms without a warning over the period, by the policy's standard of good conduct (联合激励).
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListGoodConductResponse listGoodConduct(example.quzhong.api.notify.v1.ListGoodConductRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListGoodConductMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Commend a platform of the list (表扬通报), by a named official.
     * </pre>
     */
    public example.quzhong.api.notify.v1.CommendPlatformResponse commendPlatform(example.quzhong.api.notify.v1.CommendPlatformRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCommendPlatformMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Where it stands, area by area: what seven days brought, and the cases in hand. For supervision alone: a window
     * that moves on by a day tells of single workers to whoever subtracts.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetAreaFiguresResponse getAreaFigures(example.quzhong.api.notify.v1.GetAreaFiguresRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAreaFiguresMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service PeriodReportService.
   * <pre>
   * What came of it over a month or a quarter (唐人社字〔2022〕1号 三.3), with nobody identifiable.
   * </pre>
   */
  public static final class PeriodReportServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<PeriodReportServiceFutureStub> {
    private PeriodReportServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PeriodReportServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PeriodReportServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Figures by area, platform and rule.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.GetPeriodReportResponse> getPeriodReport(
        example.quzhong.api.notify.v1.GetPeriodReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPeriodReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The report as a document.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.RenderPeriodReportResponse> renderPeriodReport(
        example.quzhong.api.notify.v1.RenderPeriodReportRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRenderPeriodReportMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Platforms without a warning over the period, by the policy's standard of good conduct (联合激励).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListGoodConductResponse> listGoodConduct(
        example.quzhong.api.notify.v1.ListGoodConductRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListGoodConductMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Commend a platform of the list (表扬通报), by a named official.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.CommendPlatformResponse> commendPlatform(
        example.quzhong.api.notify.v1.CommendPlatformRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCommendPlatformMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Where it stands, area by area: what seven days brought, and the cases in hand. For supervision alone: a window
     * that moves on by a day tells of single workers to whoever subtracts.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.GetAreaFiguresResponse> getAreaFigures(
        example.quzhong.api.notify.v1.GetAreaFiguresRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAreaFiguresMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_PERIOD_REPORT = 0;
  private static final int METHODID_RENDER_PERIOD_REPORT = 1;
  private static final int METHODID_LIST_GOOD_CONDUCT = 2;
  private static final int METHODID_COMMEND_PLATFORM = 3;
  private static final int METHODID_GET_AREA_FIGURES = 4;

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
        case METHODID_GET_PERIOD_REPORT:
          serviceImpl.getPeriodReport((example.quzhong.api.notify.v1.GetPeriodReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetPeriodReportResponse>) responseObserver);
          break;
        case METHODID_RENDER_PERIOD_REPORT:
          serviceImpl.renderPeriodReport((example.quzhong.api.notify.v1.RenderPeriodReportRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RenderPeriodReportResponse>) responseObserver);
          break;
        case METHODID_LIST_GOOD_CONDUCT:
          serviceImpl.listGoodConduct((example.quzhong.api.notify.v1.ListGoodConductRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListGoodConductResponse>) responseObserver);
          break;
        case METHODID_COMMEND_PLATFORM:
          serviceImpl.commendPlatform((example.quzhong.api.notify.v1.CommendPlatformRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CommendPlatformResponse>) responseObserver);
          break;
        case METHODID_GET_AREA_FIGURES:
          serviceImpl.getAreaFigures((example.quzhong.api.notify.v1.GetAreaFiguresRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetAreaFiguresResponse>) responseObserver);
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
          getGetPeriodReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.GetPeriodReportRequest,
              example.quzhong.api.notify.v1.GetPeriodReportResponse>(
                service, METHODID_GET_PERIOD_REPORT)))
        .addMethod(
          getRenderPeriodReportMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.RenderPeriodReportRequest,
              example.quzhong.api.notify.v1.RenderPeriodReportResponse>(
                service, METHODID_RENDER_PERIOD_REPORT)))
        .addMethod(
          getListGoodConductMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListGoodConductRequest,
              example.quzhong.api.notify.v1.ListGoodConductResponse>(
                service, METHODID_LIST_GOOD_CONDUCT)))
        .addMethod(
          getCommendPlatformMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.CommendPlatformRequest,
              example.quzhong.api.notify.v1.CommendPlatformResponse>(
                service, METHODID_COMMEND_PLATFORM)))
        .addMethod(
          getGetAreaFiguresMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.GetAreaFiguresRequest,
              example.quzhong.api.notify.v1.GetAreaFiguresResponse>(
                service, METHODID_GET_AREA_FIGURES)))
        .build();
  }

  private static abstract class PeriodReportServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    PeriodReportServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.notify.v1.FiguresProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("PeriodReportService");
    }
  }

  private static final class PeriodReportServiceFileDescriptorSupplier
      extends PeriodReportServiceBaseDescriptorSupplier {
    PeriodReportServiceFileDescriptorSupplier() {}
  }

  private static final class PeriodReportServiceMethodDescriptorSupplier
      extends PeriodReportServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    PeriodReportServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (PeriodReportServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new PeriodReportServiceFileDescriptorSupplier())
              .addMethod(getGetPeriodReportMethod())
              .addMethod(getRenderPeriodReportMethod())
              .addMethod(getListGoodConductMethod())
              .addMethod(getCommendPlatformMethod())
              .addMethod(getGetAreaFiguresMethod())
              .build();
        }
      }
    }
    return result;
  }
}
