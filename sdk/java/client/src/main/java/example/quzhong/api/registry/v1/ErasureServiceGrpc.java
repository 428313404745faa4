package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * A worker's data is removed on request (个人信息保护法 第四十七条).
 * What was said of the worker's time up to now goes from every store, the archive and every later reading of the log;
 * the log itself lets go of it when its retention has passed. What stays says of nobody: a finding counts in its case
 * without the worker, the evidence and the times; audits that were made stand as aggregates. What is said of the
 * worker's time from now on is kept as any worker's: whoever works on is supervised again.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ErasureServiceGrpc {

  private ErasureServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.ErasureService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.EraseWorkerRequest,
      example.quzhong.api.registry.v1.EraseWorkerResponse> getEraseWorkerMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EraseWorker",
      requestType = example.quzhong.api.registry.v1.EraseWorkerRequest.class,
      responseType = example.quzhong.api.registry.v1.EraseWorkerResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.EraseWorkerRequest,
      example.quzhong.api.registry.v1.EraseWorkerResponse> getEraseWorkerMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.EraseWorkerRequest, example.quzhong.api.registry.v1.EraseWorkerResponse> getEraseWorkerMethod;
    if ((getEraseWorkerMethod = ErasureServiceGrpc.getEraseWorkerMethod) == null) {
      synchronized (ErasureServiceGrpc.class) {
        if ((getEraseWorkerMethod = ErasureServiceGrpc.getEraseWorkerMethod) == null) {
          ErasureServiceGrpc.getEraseWorkerMethod = getEraseWorkerMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.EraseWorkerRequest, example.quzhong.api.registry.v1.EraseWorkerResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EraseWorker"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.EraseWorkerRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.EraseWorkerResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ErasureServiceMethodDescriptorSupplier("EraseWorker"))
              .build();
        }
      }
    }
    return getEraseWorkerMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ErasureServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ErasureServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ErasureServiceStub>() {
        @java.lang.Override
        public ErasureServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ErasureServiceStub(channel, callOptions);
        }
      };
    return ErasureServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ErasureServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ErasureServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ErasureServiceBlockingV2Stub>() {
        @java.lang.Override
        public ErasureServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ErasureServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ErasureServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ErasureServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ErasureServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ErasureServiceBlockingStub>() {
        @java.lang.Override
        public ErasureServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ErasureServiceBlockingStub(channel, callOptions);
        }
      };
    return ErasureServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ErasureServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ErasureServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ErasureServiceFutureStub>() {
        @java.lang.Override
        public ErasureServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ErasureServiceFutureStub(channel, callOptions);
        }
      };
    return ErasureServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * A worker's data is removed on request (个人信息保护法 第四十七条).
   * What was said of the worker's time up to now goes from every store, the archive and every later reading of the log;
   * the log itself lets go of it when its retention has passed. What stays says of nobody: a finding counts in its case
   * without the worker, the evidence and the times; audits that were made stand as aggregates. What is said of the
   * worker's time from now on is kept as any worker's: whoever works on is supervised again.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * For an administrator, who has made sure that the worker asks for it. Pseudonyms of earlier and later keys that were
     * linked with this one go with it. A worker of whom nothing is kept is no error: that is for nobody to find out.
     * </pre>
     */
    default void eraseWorker(example.quzhong.api.registry.v1.EraseWorkerRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.EraseWorkerResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEraseWorkerMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ErasureService.
   * <pre>
   * A worker's data is removed on request (个人信息保护法 第四十七条).
   * What was said of the worker's time up to now goes from every store, the archive and every later reading of the log;
   * the log itself lets go of it when its retention has passed. What stays says of nobody: a finding counts in its case
   * without the worker, the evidence and the times; audits that were made stand as aggregates. What is said of the
   * worker's time from now on is kept as any worker's: whoever works on is supervised again.
   * </pre>
   */
  public static abstract class ErasureServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ErasureServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ErasureService.
   * <pre>
   * A worker's data is removed on request (个人信息保护法 第四十七条).
   * What was said of the worker's time up to now goes from every store, the archive and every later reading of the log;
   * the log itself lets go of it when its retention has passed. What stays says of nobody: a finding counts in its case
   * without the worker, the evidence and the times; audits that were made stand as aggregates. What is said of the
   * worker's time from now on is kept as any worker's: whoever works on is supervised again.
   * </pre>
   */
  public static final class ErasureServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ErasureServiceStub> {
    private ErasureServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ErasureServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ErasureServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * For an administrator, who has made sure that the worker asks for it. Pseudonyms of earlier and later keys that were
     * linked with this one go with it. A worker of whom nothing is kept is no error: that is for nobody to find out.
     * </pre>
     */
    public void eraseWorker(example.quzhong.api.registry.v1.EraseWorkerRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.EraseWorkerResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEraseWorkerMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ErasureService.
   * <pre>
   * A worker's data is removed on request (个人信息保护法 第四十七条).
   * What was said of the worker's time up to now goes from every store, the archive and every later reading of the log;
   * the log itself lets go of it when its retention has passed. What stays says of nobody: a finding counts in its case
   * without the worker, the evidence and the times; audits that were made stand as aggregates. What is said of the
   * worker's time from now on is kept as any worker's: whoever works on is supervised again.
   * </pre>
   */
  public static final class ErasureServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ErasureServiceBlockingV2Stub> {
    private ErasureServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ErasureServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ErasureServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * For an administrator, who has made sure that the worker asks for it. Pseudonyms of earlier and later keys that were
     * linked with this one go with it. A worker of whom nothing is kept is no error: that is for nobody to find out.
     * </pre>
     */
    public example.quzhong.api.registry.v1.EraseWorkerResponse eraseWorker(example.quzhong.api.registry.v1.EraseWorkerRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEraseWorkerMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ErasureService.
   * <pre>
   * A worker's data is removed on request (个人信息保护法 第四十七条).
   * What was said of the worker's time up to now goes from every store, the archive and every later reading of the log;
   * the log itself lets go of it when its retention has passed. What stays says of nobody: a finding counts in its case
   * without the worker, the evidence and the times; audits that were made stand as aggregates. What is said of the
   * worker's time from now on is kept as any worker's: whoever works on is supervised again.
   * </pre>
   */
  public static final class ErasureServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ErasureServiceBlockingStub> {
    private ErasureServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ErasureServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ErasureServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * For an administrator, who has made sure that the worker asks for it. Pseudonyms of earlier and later keys that were
     * linked with this one go with it. A worker of whom nothing is kept is no error: that is for nobody to find out.
     * </pre>
     */
    public example.quzhong.api.registry.v1.EraseWorkerResponse eraseWorker(example.quzhong.api.registry.v1.EraseWorkerRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEraseWorkerMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ErasureService.
   * <pre>
   * A worker's data is removed on request (个人信息保护法 第四十七条).
   * What was said of the worker's time up to now goes from every store, the archive and every later reading of the log;
   * the log itself lets go of it when its retention has passed. What stays says of nobody: a finding counts in its case
   * without the worker, the evidence and the times; audits that were made stand as aggregates. What is said of the
   * worker's time from now on is kept as any worker's: whoever works on is supervised again.
   * </pre>
   */
  public static final class ErasureServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ErasureServiceFutureStub> {
    private ErasureServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ErasureServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ErasureServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * For an administrator, who has made sure that the worker asks for it. Pseudonyms of earlier and later keys that were
     * linked with this one go with it. A worker of whom nothing is kept is no error: that is for nobody to find out.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.EraseWorkerResponse> eraseWorker(
        example.quzhong.api.registry.v1.EraseWorkerRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEraseWorkerMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_ERASE_WORKER = 0;

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
        case METHODID_ERASE_WORKER:
          serviceImpl.eraseWorker((example.quzhong.api.registry.v1.EraseWorkerRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.EraseWorkerResponse>) responseObserver);
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
          getEraseWorkerMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.EraseWorkerRequest,
              example.quzhong.api.registry.v1.EraseWorkerResponse>(
                service, METHODID_ERASE_WORKER)))
        .build();
  }

  private static abstract class ErasureServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ErasureServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.ErasuresProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ErasureService");
    }
  }

  private static final class ErasureServiceFileDescriptorSupplier
      extends ErasureServiceBaseDescriptorSupplier {
    ErasureServiceFileDescriptorSupplier() {}
  }

  private static final class ErasureServiceMethodDescriptorSupplier
      extends ErasureServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ErasureServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ErasureServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ErasureServiceFileDescriptorSupplier())
              .addMethod(getEraseWorkerMethod())
              .build();
        }
      }
    }
    return result;
  }
}
