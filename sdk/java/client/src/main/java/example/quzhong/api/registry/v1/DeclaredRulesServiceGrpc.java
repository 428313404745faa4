package example.quzhong.api.registry.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Rules a platform declares beside its single thresholds, as versioned documents: 唐人社字〔2022〕1号 二.8.
 * Versions never change. Of two versions the one with the later effective_time holds once that has come; of equal
 * times, the higher version. A change is published before it takes effect, by the declared notice period at least
 * (电子商务法第三十四条: seven days); only the first version of a document may take effect earlier, even in the past,
 * as a platform brings what holds already.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class DeclaredRulesServiceGrpc {

  private DeclaredRulesServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.registry.v1.DeclaredRulesService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DeclareRulesRequest,
      example.quzhong.api.registry.v1.DeclareRulesResponse> getDeclareRulesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeclareRules",
      requestType = example.quzhong.api.registry.v1.DeclareRulesRequest.class,
      responseType = example.quzhong.api.registry.v1.DeclareRulesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DeclareRulesRequest,
      example.quzhong.api.registry.v1.DeclareRulesResponse> getDeclareRulesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DeclareRulesRequest, example.quzhong.api.registry.v1.DeclareRulesResponse> getDeclareRulesMethod;
    if ((getDeclareRulesMethod = DeclaredRulesServiceGrpc.getDeclareRulesMethod) == null) {
      synchronized (DeclaredRulesServiceGrpc.class) {
        if ((getDeclareRulesMethod = DeclaredRulesServiceGrpc.getDeclareRulesMethod) == null) {
          DeclaredRulesServiceGrpc.getDeclareRulesMethod = getDeclareRulesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.DeclareRulesRequest, example.quzhong.api.registry.v1.DeclareRulesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeclareRules"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DeclareRulesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DeclareRulesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeclaredRulesServiceMethodDescriptorSupplier("DeclareRules"))
              .build();
        }
      }
    }
    return getDeclareRulesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListRuleDocumentsRequest,
      example.quzhong.api.registry.v1.ListRuleDocumentsResponse> getListRuleDocumentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRuleDocuments",
      requestType = example.quzhong.api.registry.v1.ListRuleDocumentsRequest.class,
      responseType = example.quzhong.api.registry.v1.ListRuleDocumentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListRuleDocumentsRequest,
      example.quzhong.api.registry.v1.ListRuleDocumentsResponse> getListRuleDocumentsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.ListRuleDocumentsRequest, example.quzhong.api.registry.v1.ListRuleDocumentsResponse> getListRuleDocumentsMethod;
    if ((getListRuleDocumentsMethod = DeclaredRulesServiceGrpc.getListRuleDocumentsMethod) == null) {
      synchronized (DeclaredRulesServiceGrpc.class) {
        if ((getListRuleDocumentsMethod = DeclaredRulesServiceGrpc.getListRuleDocumentsMethod) == null) {
          DeclaredRulesServiceGrpc.getListRuleDocumentsMethod = getListRuleDocumentsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.ListRuleDocumentsRequest, example.quzhong.api.registry.v1.ListRuleDocumentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRuleDocuments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListRuleDocumentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.ListRuleDocumentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeclaredRulesServiceMethodDescriptorSupplier("ListRuleDocuments"))
              .build();
        }
      }
    }
    return getListRuleDocumentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DiffRuleDocumentsRequest,
      example.quzhong.api.registry.v1.DiffRuleDocumentsResponse> getDiffRuleDocumentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DiffRuleDocuments",
      requestType = example.quzhong.api.registry.v1.DiffRuleDocumentsRequest.class,
      responseType = example.quzhong.api.registry.v1.DiffRuleDocumentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DiffRuleDocumentsRequest,
      example.quzhong.api.registry.v1.DiffRuleDocumentsResponse> getDiffRuleDocumentsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.registry.v1.DiffRuleDocumentsRequest, example.quzhong.api.registry.v1.DiffRuleDocumentsResponse> getDiffRuleDocumentsMethod;
    if ((getDiffRuleDocumentsMethod = DeclaredRulesServiceGrpc.getDiffRuleDocumentsMethod) == null) {
      synchronized (DeclaredRulesServiceGrpc.class) {
        if ((getDiffRuleDocumentsMethod = DeclaredRulesServiceGrpc.getDiffRuleDocumentsMethod) == null) {
          DeclaredRulesServiceGrpc.getDiffRuleDocumentsMethod = getDiffRuleDocumentsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.registry.v1.DiffRuleDocumentsRequest, example.quzhong.api.registry.v1.DiffRuleDocumentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DiffRuleDocuments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DiffRuleDocumentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.registry.v1.DiffRuleDocumentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeclaredRulesServiceMethodDescriptorSupplier("DiffRuleDocuments"))
              .build();
        }
      }
    }
    return getDiffRuleDocumentsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static DeclaredRulesServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceStub>() {
        @java.lang.Override
        public DeclaredRulesServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeclaredRulesServiceStub(channel, callOptions);
        }
      };
    return DeclaredRulesServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static DeclaredRulesServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceBlockingV2Stub>() {
        @java.lang.Override
        public DeclaredRulesServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeclaredRulesServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return DeclaredRulesServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static DeclaredRulesServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceBlockingStub>() {
        @java.lang.Override
        public DeclaredRulesServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeclaredRulesServiceBlockingStub(channel, callOptions);
        }
      };
    return DeclaredRulesServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static DeclaredRulesServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeclaredRulesServiceFutureStub>() {
        @java.lang.Override
        public DeclaredRulesServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeclaredRulesServiceFutureStub(channel, callOptions);
        }
      };
    return DeclaredRulesServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Rules a platform declares beside its single thresholds, as versioned documents: 唐人社字〔2022〕1号 二.8.
   * Versions never change. Of two versions the one with the later effective_time holds once that has come; of equal
   * times, the higher version. A change is published before it takes effect, by the declared notice period at least
   * (电子商务法第三十四条: seven days); only the first version of a document may take effect earlier, even in the past,
   * as a platform brings what holds already.
   * </pre>
   */
  public interface AsyncService {

    /**
     */
    default void declareRules(example.quzhong.api.registry.v1.DeclareRulesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DeclareRulesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeclareRulesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Platforms see their own, partner firms those of their platforms, supervisors those that hold in their areas.
     * </pre>
     */
    default void listRuleDocuments(example.quzhong.api.registry.v1.ListRuleDocumentsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListRuleDocumentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRuleDocumentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * What differs between two versions of a document, field by field.
     * </pre>
     */
    default void diffRuleDocuments(example.quzhong.api.registry.v1.DiffRuleDocumentsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DiffRuleDocumentsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDiffRuleDocumentsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service DeclaredRulesService.
   * <pre>
   * Rules a platform declares beside its single thresholds, as versioned documents: 唐人社字〔2022〕1号 二.8.
   * Versions never change. Of two versions the one with the later effective_time holds once that has come; of equal
   * times, the higher version. A change is published before it takes effect, by the declared notice period at least
   * (电子商务法第三十四条: seven days); only the first version of a document may take effect earlier, even in the past,
   * as a platform brings what holds already.
   * </pre>
   */
  public static abstract class DeclaredRulesServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return DeclaredRulesServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service DeclaredRulesService.
   * <pre>
   * Rules a platform declares beside its single thresholds, as versioned documents: 唐人社字〔2022〕1号 二.8.
   * Versions never change. Of two versions the one with the later effective_time holds once that has come; of equal
   * times, the higher version. A change is published before it takes effect, by the declared notice period at least
   * (电子商务法第三十四条: seven days); only the first version of a document may take effect earlier, even in the past,
   * as a platform brings what holds already.
   * </pre>
   */
  public static final class DeclaredRulesServiceStub
      extends io.grpc.stub.AbstractAsyncStub<DeclaredRulesServiceStub> {
    private DeclaredRulesServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeclaredRulesServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeclaredRulesServiceStub(channel, callOptions);
    }

    /**
     */
    public void declareRules(example.quzhong.api.registry.v1.DeclareRulesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DeclareRulesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeclareRulesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Platforms see their own, partner firms those of their platforms, supervisors those that hold in their areas.
     * </pre>
     */
    public void listRuleDocuments(example.quzhong.api.registry.v1.ListRuleDocumentsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListRuleDocumentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRuleDocumentsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What differs between two versions of a document, field by field.
     * </pre>
     */
    public void diffRuleDocuments(example.quzhong.api.registry.v1.DiffRuleDocumentsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DiffRuleDocumentsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDiffRuleDocumentsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service DeclaredRulesService.
   * <pre>
   * Rules a platform declares beside its single thresholds, as versioned documents: 唐人社字〔2022〕1号 二.8.
   * Versions never change. Of two versions the one with the later effective_time holds once that has come; of equal
   * times, the higher version. A change is published before it takes effect, by the declared notice period at least
   * (电子商务法第三十四条: seven days); only the first version of a document may take effect earlier, even in the past,
   * as a platform brings what holds already.
   * </pre>
   */
  public static final class DeclaredRulesServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<DeclaredRulesServiceBlockingV2Stub> {
    private DeclaredRulesServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeclaredRulesServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeclaredRulesServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.registry.v1.DeclareRulesResponse declareRules(example.quzhong.api.registry.v1.DeclareRulesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeclareRulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Platforms see their own, partner firms those of their platforms, supervisors those that hold in their areas.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListRuleDocumentsResponse listRuleDocuments(example.quzhong.api.registry.v1.ListRuleDocumentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRuleDocumentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What differs between two versions of a document, field by field.
     * </pre>
     */
    public example.quzhong.api.registry.v1.DiffRuleDocumentsResponse diffRuleDocuments(example.quzhong.api.registry.v1.DiffRuleDocumentsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDiffRuleDocumentsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service DeclaredRulesService.
   * <pre>
   * Rules a platform declares beside its single thresholds, as versioned documents: 唐人社字〔2022〕1号 二.8.
   * Versions never change. Of two versions the one with the later effective_time holds once that has come; of equal
   * times, the higher version. A change is published before it takes effect, by the declared notice period at least
   * (电子商务法第三十四条: seven days); only the first version of a document may take effect earlier, even in the past,
   * as a platform brings what holds already.
   * </pre>
   */
  public static final class DeclaredRulesServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<DeclaredRulesServiceBlockingStub> {
    private DeclaredRulesServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeclaredRulesServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeclaredRulesServiceBlockingStub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.registry.v1.DeclareRulesResponse declareRules(example.quzhong.api.registry.v1.DeclareRulesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeclareRulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Platforms see their own, partner firms those of their platforms, supervisors those that hold in their areas.
     * </pre>
     */
    public example.quzhong.api.registry.v1.ListRuleDocumentsResponse listRuleDocuments(example.quzhong.api.registry.v1.ListRuleDocumentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRuleDocumentsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What differs between two versions of a document, field by field.
     * </pre>
     */
    public example.quzhong.api.registry.v1.DiffRuleDocumentsResponse diffRuleDocuments(example.quzhong.api.registry.v1.DiffRuleDocumentsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDiffRuleDocumentsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service DeclaredRulesService.
   * <pre>
   * Rules a platform declares beside its single thresholds, as versioned documents: 唐人社字〔2022〕1号 二.8.
   * Versions never change. Of two versions the one with the later effective_time holds once that has come; of equal
   * times, the higher version. A change is published before it takes effect, by the declared notice period at least
   * (电子商务法第三十四条: seven days); only the first version of a document may take effect earlier, even in the past,
   * as a platform brings what holds already.
   * </pre>
   */
  public static final class DeclaredRulesServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<DeclaredRulesServiceFutureStub> {
    private DeclaredRulesServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeclaredRulesServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeclaredRulesServiceFutureStub(channel, callOptions);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.DeclareRulesResponse> declareRules(
        example.quzhong.api.registry.v1.DeclareRulesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeclareRulesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Platforms see their own, partner firms those of their platforms, supervisors those that hold in their areas.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.ListRuleDocumentsResponse> listRuleDocuments(
        example.quzhong.api.registry.v1.ListRuleDocumentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRuleDocumentsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What differs between two versions of a document, field by field.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.registry.v1.DiffRuleDocumentsResponse> diffRuleDocuments(
        example.quzhong.api.registry.v1.DiffRuleDocumentsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDiffRuleDocumentsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_DECLARE_RULES = 0;
  private static final int METHODID_LIST_RULE_DOCUMENTS = 1;
  private static final int METHODID_DIFF_RULE_DOCUMENTS = 2;

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
        case METHODID_DECLARE_RULES:
          serviceImpl.declareRules((example.quzhong.api.registry.v1.DeclareRulesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DeclareRulesResponse>) responseObserver);
          break;
        case METHODID_LIST_RULE_DOCUMENTS:
          serviceImpl.listRuleDocuments((example.quzhong.api.registry.v1.ListRuleDocumentsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.ListRuleDocumentsResponse>) responseObserver);
          break;
        case METHODID_DIFF_RULE_DOCUMENTS:
          serviceImpl.diffRuleDocuments((example.quzhong.api.registry.v1.DiffRuleDocumentsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.registry.v1.DiffRuleDocumentsResponse>) responseObserver);
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
          getDeclareRulesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.DeclareRulesRequest,
              example.quzhong.api.registry.v1.DeclareRulesResponse>(
                service, METHODID_DECLARE_RULES)))
        .addMethod(
          getListRuleDocumentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.ListRuleDocumentsRequest,
              example.quzhong.api.registry.v1.ListRuleDocumentsResponse>(
                service, METHODID_LIST_RULE_DOCUMENTS)))
        .addMethod(
          getDiffRuleDocumentsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.registry.v1.DiffRuleDocumentsRequest,
              example.quzhong.api.registry.v1.DiffRuleDocumentsResponse>(
                service, METHODID_DIFF_RULE_DOCUMENTS)))
        .build();
  }

  private static abstract class DeclaredRulesServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    DeclaredRulesServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.registry.v1.DeclaredRulesProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("DeclaredRulesService");
    }
  }

  private static final class DeclaredRulesServiceFileDescriptorSupplier
      extends DeclaredRulesServiceBaseDescriptorSupplier {
    DeclaredRulesServiceFileDescriptorSupplier() {}
  }

  private static final class DeclaredRulesServiceMethodDescriptorSupplier
      extends DeclaredRulesServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    DeclaredRulesServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (DeclaredRulesServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new DeclaredRulesServiceFileDescriptorSupplier())
              .addMethod(getDeclareRulesMethod())
              .addMethod(getListRuleDocumentsMethod())
              .addMethod(getDiffRuleDocumentsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
